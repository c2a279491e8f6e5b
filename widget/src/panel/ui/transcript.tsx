// The conversation, oldest above. It follows new text only while its end is in view, and never takes the focus.

import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Engine } from '../engine';
import type { View } from '../store';
import { dayKey, dayOf } from '../i18n';
import { rowsOf } from '../rows';
import { CardView } from './cards';
import { ContactForm } from './form';
import { Icon } from './icons';
import { Avatar, Dots, MessageRow } from './message';

const NEAR_END = 60;
/** The form, while it is the newest thing to look at. */
const LAST_FORM = '.contact:last-child';

export const Transcript = ({ view, engine }: { view: View; engine: Engine }) => {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const height = useRef(0);
  const [below, setBelow] = useState(false);
  const { chat, speech, site } = view;
  const rows = rowsOf(chat, view.pending, new Date());
  const images = site?.images ?? NONE;
  const newest = rows[rows.length - 1];

  const toEnd = (): void => {
    const element = box.current!;
    const form = element.querySelector<HTMLElement>(LAST_FORM);
    // A form that is taller than the view is shown from its title on.
    element.scrollTop = form ? form.offsetTop - 12 : element.scrollHeight;
    atEnd.current = true;
    setBelow(false);
    engine.seen();
  };

  const scrolled = (): void => {
    const element = box.current!;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    height.current = element.scrollHeight;
    if (atEnd.current) {
      setBelow(false);
      engine.seen();
    }
    if (element.scrollTop < 120 && view.older === 'more') void engine.older();
  };

  // What one writes oneself is always shown.
  useLayoutEffect(() => {
    if (newest?.pending) atEnd.current = true;
  }, [newest?.key]);

  // Older messages come in above: what is being read stays where it is.
  const first = rows[0]?.key;
  useLayoutEffect(() => {
    const element = box.current!;
    if (!atEnd.current && height.current) element.scrollTop += element.scrollHeight - height.current;
    height.current = element.scrollHeight;
  }, [first]);

  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    height.current = box.current!.scrollHeight;
  }, [rows.length, newest?.text, newest?.message, view.open, view.form, chat.typing, view.phase]);

  // What is under a form that fills the view is the rest of the form.
  useLayoutEffect(() => {
    if (!atEnd.current && newest && newest.author !== 'visitor' && !box.current!.querySelector(LAST_FORM))
      setBelow(true);
  }, [newest?.key, newest?.text]);

  // A picture that arrives, a keyboard that opens: the end stays in view.
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      const element = box.current!;
      if (atEnd.current && !element.querySelector(LAST_FORM)) element.scrollTop = element.scrollHeight;
    });
    observer.observe(box.current!);
    observer.observe(box.current!.firstElementChild!);
    const visible = (): void => void (!document.hidden && atEnd.current && engine.seen());
    document.addEventListener('visibilitychange', visible);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', visible);
    };
  }, []);

  const greeting = view.older === 'none' && site?.greeting[speech.locale];
  let day = '';
  const lines = rows.map((row) => {
    const key = dayKey(row.at);
    const separator = key !== day;
    day = key;
    return (
      <Fragment key={row.key}>
        {separator && (
          <p class="day">
            <span>{dayOf(speech, row.at, new Date())}</span>
          </p>
        )}
        <MessageRow
          row={row}
          speech={speech}
          images={images}
          assistant={site?.assistant ?? ''}
          retry={(id) => engine.retry(id)}
          react={(message, emoji, on) => void engine.react(message, emoji, on)}
        />
      </Fragment>
    );
  });
  if (view.form !== 'hidden' && view.form !== 'skipped') {
    let before = rows.filter((row) => row.message && row.message.seq <= view.formAt).length;
    // That somebody was told, and when they will answer, may come in after the form: it is read first all the same.
    while (/^(system|assistant)$/.test(rows[before]?.author ?? '')) before++;
    lines.splice(before, 0, <ContactForm key="form" view={view} engine={engine} />);
  }
  return (
    <div class="transcript-box">
      <div
        ref={box}
        class="transcript"
        role="log"
        aria-live="off"
        aria-label={speech.t('conversation')}
        tabIndex={0}
        onScroll={scrolled}
      >
        <div class="lines">
          {view.older !== 'none' && (
            <button
              type="button"
              class="older"
              disabled={view.older === 'loading'}
              onClick={() => void engine.older()}
            >
              {speech.t('older')}
            </button>
          )}
          {view.item && (
            <section class="about" aria-label={speech.t('about_item')}>
              <CardView card={view.item} images={images} speech={speech} compact />
            </section>
          )}
          {greeting && (
            <div class="row theirs first last greeting">
              <p class="speaker">
                <Avatar party={{ uuid: null, name: site.assistant }} images={images} ai />
                <span>{site.assistant}</span>
                <abbr class="ai" title={speech.t('ai_assistant')}>
                  {speech.t('ai_badge')}
                </abbr>
              </p>
              <div class="bubble">
                <p>{greeting}</p>
              </div>
              <p class="notice">
                {speech.t('notice', { text: site.consents.texts.chat[speech.locale] ?? '' })}
              </p>
            </div>
          )}
          {lines}
          {chat.typing && !chat.running && (
            <div class="row theirs first last">
              <div class="bubble">
                <Dots />
              </div>
            </div>
          )}
        </div>
      </div>
      {below && (
        <button type="button" class="newer" onClick={toEnd}>
          {speech.t('new_messages')} <Icon name="down" size={16} />
        </button>
      )}
    </div>
  );
};

const NONE: readonly string[] = [];
