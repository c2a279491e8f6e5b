import { Button, Switch } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSpeech } from '../../i18n';
import { chime } from '../../live/sound';
import { Icon } from '../../patterns/icons';
import { Loaded, Page, page, Section } from '../../patterns/page';
import { useMe } from '../../shell/me';
import { preferences, usePreferences } from '../../shell/preferences';
import {
  type Channel,
  EVENTS,
  type NotificationEvent,
  type NotificationSettings,
  useBrowserActs,
  useBrowsers,
  useSaveSettings,
  useSettings,
} from './data';
import styles from './notifications.module.css';
import { mine, permission, type Subscribed, whyNot } from './push';
import { Undelivered } from './undelivered';
import { useWords } from './words';

/** How one hears of what happens: here and now, in this browser while it is closed, by mail; and when not. */
export default function NotificationsScreen() {
  const { t } = useSpeech();
  const settings = useSettings();
  return (
    <Page title={t('nav_notifications')}>
      {useMe().role === 'admin' && <Undelivered />}
      <Here />
      <Browsers />
      <Loaded query={settings}>{(data) => <Choices key={JSON.stringify(data)} data={data} />}</Loaded>
    </Page>
  );
}

function Here() {
  const { t } = useSpeech();
  const w = useWords();
  const { sound, titleCount } = usePreferences();
  return (
    <Section title={w('here')} why={w('here_why')}>
      <div className={page.stack}>
        <div className={page.row}>
          <Switch
            checked={sound}
            label={t('preference_sound')}
            onChange={(e) => preferences.set({ sound: e.currentTarget.checked })}
          />
          <Button size="compact-sm" variant="subtle" onClick={() => chime('message')}>
            {w('try_sound')}
          </Button>
        </div>
        <Switch
          checked={titleCount}
          label={w('title_count')}
          onChange={(e) => preferences.set({ titleCount: e.currentTarget.checked })}
        />
      </div>
    </Section>
  );
}

function Browsers() {
  const w = useWords();
  const browsers = useBrowsers();
  const [denied, deny] = useState(permission() === 'denied');
  const { add, remove } = useBrowserActs(() => deny(permission() === 'denied'));
  const obstacle = whyNot() ?? (denied ? 'denied' : null);
  return (
    <Section title={w('browsers')} why={w('browsers_why')}>
      <Loaded query={browsers}>
        {(all) => {
          const here = all.some((one) => one.id === mine()?.id);
          return (
            <>
              {obstacle ? (
                <p className={page.warning}>{w(`obstacle_${obstacle}`)}</p>
              ) : (
                !here && (
                  <Button
                    loading={add.isPending}
                    leftSection={<Icon name="bell" size={16} />}
                    onClick={() => add.mutate()}
                  >
                    {w('subscribe')}
                  </Button>
                )
              )}
              {all.length > 0 ? (
                <ul className={page.list} aria-label={w('browsers')}>
                  {all.map((one) => (
                    <Browser
                      key={one.id}
                      one={one}
                      pending={remove.isPending}
                      onRemove={() => remove.mutate(one.id)}
                    />
                  ))}
                </ul>
              ) : (
                <p className={styles.none}>{w('browsers_none')}</p>
              )}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function Browser(props: { one: Subscribed; pending: boolean; onRemove: () => void }) {
  const { one, pending, onRemove } = props;
  const { dateTime } = useSpeech();
  const w = useWords();
  const name = one.label ?? w('a_browser');
  const at = (moment: string): string => dateTime(new Date(moment));
  return (
    <li>
      <div className={page.grow}>
        <strong>
          {name}
          {one.id === mine()?.id && ` (${w('this_one')})`}
        </strong>
        <small>
          {one.last_sent_at
            ? w('last_sent', { when: at(one.last_sent_at) })
            : w('since', { when: at(one.created_at) })}
        </small>
      </div>
      <Button
        size="xs"
        variant="default"
        disabled={pending}
        aria-label={w('remove_browser', { name })}
        onClick={onRemove}
      >
        {w('remove')}
      </Button>
    </li>
  );
}

function Choices({ data }: { data: NotificationSettings }) {
  const { t } = useSpeech();
  const w = useWords();
  const me = useMe();
  const save = useSaveSettings();
  const [form, setForm] = useState(data);
  const quiet = form.quiet_from !== null && form.quiet_to !== null;
  const wrong = quiet && form.quiet_from === form.quiet_to;
  const toggle = (channel: Channel, event: NotificationEvent): void => {
    const on = form[channel].includes(event);
    setForm({
      ...form,
      [channel]: on ? form[channel].filter((e) => e !== event) : [...form[channel], event],
    });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!wrong) save.mutate(form);
  };
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([form.time_zone, own].filter((zone): zone is string => !!zone))];
  return (
    <form onSubmit={submit}>
      <Section title={w('events')} why={w('events_why')}>
        <table className={styles.events}>
          <thead>
            <tr>
              <th scope="col">{w('event')}</th>
              {(['push', 'email'] as const).map((channel) => (
                <th key={channel} scope="col">
                  {w(channel)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {EVENTS.map((event) => (
              <tr key={event}>
                <th scope="row">{w(`event_${event}`)}</th>
                {(['push', 'email'] as const).map((channel) => (
                  <td key={channel}>
                    <input
                      type="checkbox"
                      aria-label={`${w(`event_${event}`)}: ${w(channel)}`}
                      checked={form[channel].includes(event)}
                      disabled={!data.channels.includes(channel)}
                      onChange={() => toggle(channel, event)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {!data.channels.includes('email') && <p className={page.dim}>{w('no_email')}</p>}
      </Section>
      <Section title={w('quiet')} why={w('quiet_why')}>
        <div className={page.stack}>
          <Switch
            checked={quiet}
            label={w('quiet_on')}
            onChange={(e) => {
              const on = e.currentTarget.checked;
              setForm({ ...form, quiet_from: on ? '22:00' : null, quiet_to: on ? '07:00' : null });
            }}
          />
          {quiet && (
            <div className={page.row}>
              <label className={page.field}>
                <span>{w('from')}</span>
                <input
                  type="time"
                  required
                  value={form.quiet_from ?? ''}
                  onChange={(e) => setForm({ ...form, quiet_from: e.currentTarget.value })}
                />
              </label>
              <label className={page.field}>
                <span>{w('to')}</span>
                <input
                  type="time"
                  required
                  value={form.quiet_to ?? ''}
                  onChange={(e) => setForm({ ...form, quiet_to: e.currentTarget.value })}
                />
              </label>
              <label className={page.field}>
                <span>{w('zone')}</span>
                <select
                  value={form.time_zone ?? ''}
                  onChange={(e) => setForm({ ...form, time_zone: e.currentTarget.value || null })}
                >
                  <option value="">{w('zone_site', { zone: me.site.time_zone })}</option>
                  {zones.map((zone) => (
                    <option key={zone} value={zone}>
                      {zone}
                    </option>
                  ))}
                </select>
              </label>
            </div>
          )}
          {wrong && (
            <p className={page.warning} role="alert">
              {w('quiet_same')}
            </p>
          )}
        </div>
      </Section>
      <Button type="submit" loading={save.isPending} disabled={wrong}>
        {t('save')}
      </Button>
    </form>
  );
}
