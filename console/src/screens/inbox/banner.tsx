import { Button } from '@mantine/core';
import type { Conversation } from '../../api/types';
import { useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import { useMe } from '../../shell/me';
import type { useAct } from './acts';
import styles from './composer.module.css';

/** Who has the conversation when it is not the reader, and the way to take it. */
export function Banner({
  conversation,
  act,
}: {
  conversation: Conversation;
  act: ReturnType<typeof useAct>;
}) {
  const { t } = useSpeech();
  const me = useMe();
  const { state, handler, assignee } = conversation;
  if (conversation.lost)
    return (
      <p className={styles.banner} role="status">
        {t('banner_gone', { name: assignee?.name ?? t('a_colleague') })}
      </p>
    );
  if (state === 'blocked') return <p className={styles.banner}>{t('banner_blocked')}</p>;
  if (state === 'closed') return <p className={styles.banner}>{t('banner_closed')}</p>;
  const forMe = assignee?.uuid === me.uuid;
  if (handler === 'seller' && forMe) return null;
  if (handler === 'seller')
    return (
      <div className={styles.banner}>
        <span>{t('banner_other', { name: assignee?.name ?? t('a_colleague') })}</span>
        {me.role === 'admin' && <Take act={act} />}
      </div>
    );
  return (
    <div className={styles.banner} data-tone={handler}>
      <Icon name={handler === 'queue' ? 'hand' : 'bot'} size={16} />
      <span>{t(handler !== 'queue' ? 'banner_bot' : forMe ? 'banner_offered' : 'banner_waiting')}</span>
      <Take act={act} />
    </div>
  );
}

function Take({ act }: { act: ReturnType<typeof useAct> }) {
  const { t } = useSpeech();
  return (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => act.mutate({ kind: 'take' })}
      loading={act.isPending}
    >
      {t('take_over')}
    </Button>
  );
}
