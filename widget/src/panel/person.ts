// The visitor as a person: how to reach them, what they agreed to, who the site says they are.

import { ApiError, type Call } from './api';
import type { Host } from './host';
import type { Identified, Purpose } from './site';
import type { Store } from './store';

export class Person {
  constructor(
    private readonly store: Store,
    private readonly host: Host,
    private readonly call: Call,
    private readonly token: () => string | null,
  ) {}

  /** Only what is not known yet is asked for, and only once. */
  offerForm(): void {
    const { contact, form } = this.store.view;
    const reachable = (contact.email || contact.phone) && contact.consents.includes('contact');
    if (form === 'hidden' && !reachable && contact.identity !== 'verified') this.store.set({ form: 'open' });
  }

  /** Returns the fields that are wrong, or null when it is stored. */
  async save(
    values: Record<'name' | 'email' | 'phone', string>,
    marketing: boolean,
  ): Promise<readonly string[] | null> {
    this.store.set({ form: 'saving' });
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value));
    const purposes: Purpose[] = marketing ? ['contact', 'marketing'] : ['contact'];
    try {
      const consents = purposes.map((purpose) => this.agreement(purpose, true));
      // Nothing new to say, and the permission still to give: the form asks only for what is not known.
      if (Object.keys(given).length) await this.request('/contact', { ...given, consents });
      else for (const consent of consents) await this.request('/consent', consent);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.store.set({ form: 'open' });
      return error.fields.length ? error.fields.map((f) => f.field) : ['form'];
    }
    const { contact } = this.store.view;
    this.store.set({
      form: 'saved',
      contact: {
        ...contact,
        ...given,
        identity: contact.identity === 'verified' ? 'verified' : 'claimed',
        consents: [...new Set([...contact.consents, ...purposes])],
      },
    });
    this.host.emit('lead', { fields: Object.keys(given) });
    purposes.forEach((purpose) => this.host.emit('consent', { purpose, granted: true }));
    return null;
  }

  async setConsent(purpose: Purpose, granted: boolean): Promise<void> {
    try {
      await this.request('/consent', this.agreement(purpose, granted));
    } catch (error) {
      return this.host.report(error);
    }
    const { contact } = this.store.view;
    const others = contact.consents.filter((p) => p !== purpose);
    this.store.set({ contact: { ...contact, consents: granted ? [...others, purpose] : others } });
    this.host.emit('consent', { purpose, granted });
  }

  /** Signed, it may open another conversation: then `opened` is called with its session. */
  async identify(
    user: unknown,
    token: unknown,
    opened: (session: { token: string; id: string }) => Promise<void>,
  ): Promise<void> {
    try {
      const body = { user: user ?? {}, ...(token === undefined ? {} : { token }) };
      const found = (await (await this.request('/identify', body)).json()) as Identified;
      if (found.token) await opened({ token: found.token, id: found.session_id });
      else this.store.set({ contact: { ...this.store.view.contact, identity: found.identity } });
    } catch (error) {
      this.host.report(error);
    }
  }

  private request(path: string, body: unknown): Promise<Response> {
    return this.call('POST', path, { body, token: this.token() });
  }

  private agreement(purpose: Purpose, granted: boolean): unknown {
    const { site, speech } = this.store.view;
    return { purpose, granted, text_version: site?.consents.version ?? '', locale: speech.locale };
  }
}
