// Everything else a visitor may decide: language, sound, their details, what they agreed to, and to be forgotten.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Engine } from '../engine';
import type { View } from '../store';
import { Icon } from './icons';

const LANGUAGES = [
  ['es', 'Español'],
  ['en', 'English'],
  ['pt', 'Português'],
] as const;

export const Menu = ({ view, engine, close }: { view: View; engine: Engine; close: () => void }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [erasing, setErasing] = useState(false);
  const { t } = view.speech;
  const agreed = (purpose: 'contact' | 'marketing'): boolean => view.contact.consents.includes(purpose);

  useEffect(() => {
    dialog.current!.showModal();
  }, []);

  const toggle = (label: string, on: boolean, change: (on: boolean) => void) => (
    <label class="switch">
      <span>{label}</span>
      <input
        type="checkbox"
        role="switch"
        checked={on}
        onChange={(event) => change(event.currentTarget.checked)}
      />
    </label>
  );

  return (
    <dialog
      ref={dialog}
      class="menu"
      aria-labelledby="menu-title"
      onClose={close}
      onClick={(event) => event.target === dialog.current && dialog.current!.close()}
    >
      <div class="sheet">
        {erasing ? (
          <>
            <h2 id="menu-title">{t('erase_title')}</h2>
            <p>{t('erase_text')}</p>
            <div class="buttons">
              <button
                type="button"
                class="danger"
                onClick={() => void engine.erase().then((erased) => erased && dialog.current?.close())}
              >
                {t('erase_yes')}
              </button>
              <button type="button" class="quiet" onClick={() => setErasing(false)}>
                {t('cancel')}
              </button>
            </div>
          </>
        ) : (
          <>
            <div class="sheet-head">
              <h2 id="menu-title">{t('menu')}</h2>
              <button
                type="button"
                class="round"
                aria-label={t('cancel')}
                onClick={() => dialog.current!.close()}
              >
                <Icon name="close" />
              </button>
            </div>
            <label class="choice">
              <span>{t('language')}</span>
              <select
                value={view.speech.locale}
                onChange={(event) => engine.setLocale(event.currentTarget.value)}
              >
                {LANGUAGES.map(([code, name]) => (
                  <option value={code} lang={code}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            {toggle(t('sound'), view.sound, (on) => engine.setSound(on))}
            <button
              type="button"
              class="line"
              disabled={view.phase !== 'ready'}
              onClick={() => {
                dialog.current!.close();
                void engine.askContact(true);
              }}
            >
              {t('leave_contact')}
            </button>
            {view.phase === 'ready' && (
              <>
                <h3>{t('privacy')}</h3>
                {agreed('contact') &&
                  toggle(t('contact_on'), true, () => void engine.person.setConsent('contact', false))}
                {toggle(
                  t('marketing_on'),
                  agreed('marketing'),
                  (on) => void engine.person.setConsent('marketing', on),
                )}
                <p class="soft">{view.site?.consents.texts.marketing[view.speech.locale]}</p>
                <button type="button" class="line warn" onClick={() => setErasing(true)}>
                  {t('erase')}
                </button>
              </>
            )}
          </>
        )}
      </div>
    </dialog>
  );
};
