// One short form in the conversation, which can be skipped. Asks only for what is not known yet.

import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Engine } from '../engine';
import type { View } from '../store';
import type { Key } from '../i18n';
import { Icon } from './icons';

type Errors = Partial<Record<'email' | 'phone' | 'consent' | 'form', Key>>;

export const ContactForm = ({ view, engine }: { view: View; engine: Engine }) => {
  const { speech, contact, site } = view;
  const { t } = speech;
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<Errors>({});

  // After an error the focus goes to the first field that is wrong.
  useLayoutEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [errors]);

  if (view.form === 'saved') {
    return (
      <p class="saved" role="status">
        <Icon name="check" size={18} /> {t('form_saved')}
      </p>
    );
  }

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const data = new FormData(form.current!);
    const value = (name: string): string => String(data.get(name) ?? '').trim();
    const values = { name: value('name'), email: value('email'), phone: value('phone') };
    const wrong: Errors = {};
    if (values.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(values.email)) wrong.email = 'form_bad_email';
    if (!values.email && !values.phone && !contact.email && !contact.phone) wrong.email = 'form_need_one';
    if (!data.get('consent')) wrong.consent = 'form_need_consent';
    if (Object.keys(wrong).length) return setErrors(wrong);
    const refused = await engine.person.save(values, data.get('marketing') !== null);
    if (!refused) return;
    setErrors({
      ...(refused.includes('email') ? { email: 'form_bad_email' } : {}),
      ...(refused.includes('phone') ? { phone: 'form_bad_phone' } : {}),
      ...(refused.includes('form') ? { form: 'form_failed' } : {}),
    });
  };

  const field = (
    name: 'name' | 'email' | 'phone',
    type: 'text' | 'email' | 'tel',
    autocomplete: string,
    error?: Key,
  ) =>
    contact[name] ? null : (
      <div class="field">
        <label for={'c-' + name}>
          {t(`form_${name}`)} {name === 'name' && <span class="soft">({t('form_optional')})</span>}
        </label>
        <input
          id={'c-' + name}
          name={name}
          type={type as 'text'}
          autocomplete={autocomplete}
          inputMode={type === 'tel' ? 'tel' : type === 'email' ? 'email' : 'text'}
          maxLength={200}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? `e-${name}` : undefined}
        />
        {error && (
          <p class="error" id={'e-' + name}>
            {t(error)}
          </p>
        )}
      </div>
    );

  return (
    <form
      ref={form}
      class="contact"
      noValidate
      aria-labelledby="contact-title"
      onSubmit={(e) => void submit(e)}
    >
      <h2 id="contact-title">{t('form_title')}</h2>
      <p class="soft">{t('form_hint')}</p>
      {field('name', 'text', 'name')}
      {field('email', 'email', 'email', errors.email)}
      {field('phone', 'tel', 'tel', errors.phone)}
      <label class="tick">
        <input
          type="checkbox"
          name="consent"
          aria-invalid={errors.consent ? 'true' : undefined}
          aria-describedby={errors.consent ? 'e-consent' : undefined}
        />
        <span>{site?.consents.texts.contact[speech.locale]}</span>
      </label>
      {errors.consent && (
        <p class="error" id="e-consent">
          {t(errors.consent)}
        </p>
      )}
      <label class="tick">
        <input type="checkbox" name="marketing" />
        <span>
          {site?.consents.texts.marketing[speech.locale]} <span class="soft">({t('form_optional')})</span>
        </span>
      </label>
      {errors.form && (
        <p class="error" role="alert">
          {t(errors.form)}
        </p>
      )}
      <div class="buttons">
        <button type="submit" class="primary" disabled={view.form === 'saving'}>
          {t('form_send')}
        </button>
        <button type="button" class="quiet" onClick={() => engine.store.set({ form: 'skipped' })}>
          {t('form_skip')}
        </button>
      </div>
    </form>
  );
};
