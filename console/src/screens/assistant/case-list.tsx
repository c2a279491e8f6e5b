import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../../i18n';
import { Quiet } from '../../patterns/failure';
import { Icon } from '../../patterns/icons';
import { Loaded, page } from '../../patterns/page';
import styles from './assistant.module.css';
import evals from './evals.module.css';
import { countExpected } from './case-draft';
import type { Looked } from './case-history';
import { matches } from './evals-choice';
import { type EvalCase, useCases, useEvalActs } from './evals-data';
import { useEvalWords } from './evals-words';

/** Nobody searches in fewer. */
const FEW = 6;

/** The cases that count, or those that were put away. */
export function CaseList(props: { onEdit: (one: EvalCase) => void; onLook: (one: Looked) => void }) {
  const { onEdit, onLook } = props;
  const w = useEvalWords();
  const [text, setText] = useState('');
  const [archived, show] = useState(false);
  return (
    <>
      <Switch
        mt="sm"
        label={w('cases_archived')}
        checked={archived}
        onChange={(e) => show(e.currentTarget.checked)}
      />
      <Loaded query={useCases(archived)}>
        {(known) =>
          known.length ? (
            <>
              {known.length > FEW && (
                <label className={page.field}>
                  <span>{w('cases_search')}</span>
                  <input type="search" value={text} onChange={(e) => setText(e.currentTarget.value)} />
                </label>
              )}
              <ul className={known.length > FEW ? `${page.list} ${evals.long}` : page.list}>
                {known
                  .filter((one) => known.length <= FEW || matches(one, text))
                  .map((one) => (
                    <Line key={one.id} one={one} onEdit={() => onEdit(one)} onLook={onLook} />
                  ))}
              </ul>
            </>
          ) : archived ? (
            <Quiet icon="archive" title={w('archived_none')} />
          ) : (
            <Quiet icon="check" title={w('cases_none')} text={w('cases_none_text')} />
          )
        }
      </Loaded>
    </>
  );
}

interface LineProps {
  one: EvalCase;
  onEdit: () => void;
  onLook: (one: Looked) => void;
}

function Line({ one, onEdit, onLook }: LineProps) {
  const { dateTime } = useSpeech();
  const w = useEvalWords();
  const { archive, restore } = useEvalActs();
  const { id, name, archived_at } = one;
  return (
    <li>
      <div className={page.grow}>
        <strong>{name}</strong>
        <small>
          {[
            w(one.blocking ? 'is_blocking' : 'is_not_blocking'),
            w('case_checks', { count: countExpected(one.expect) }),
            w('case_revision', { number: one.revision }),
            one.knowledge && w('brings_knowledge'),
            one.archived_at && w('archived_at', { when: dateTime(new Date(one.archived_at)) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
        <div>{one.messages.at(-1)?.text}</div>
        {one.tags?.map((tag) => (
          <span key={tag} className={`${styles.state} ${evals.tag}`}>
            {tag}
          </span>
        ))}
      </div>
      <button
        type="button"
        className={page.icon}
        aria-label={w('case_history', { name })}
        onClick={() => onLook({ id, name, current: !archived_at })}
      >
        <Icon name="clock" size={16} />
      </button>
      {one.archived_at ? (
        <Button
          variant="default"
          size="xs"
          loading={restore.isPending}
          aria-label={w('case_restore', { name })}
          onClick={() => restore.mutate(one.id)}
        >
          {w('restore')}
        </Button>
      ) : (
        <>
          <button type="button" className={page.icon} aria-label={w('case_edit', { name })} onClick={onEdit}>
            <Icon name="pencil" size={16} />
          </button>
          <button
            type="button"
            className={page.icon}
            title={w('archive')}
            disabled={archive.isPending}
            aria-label={w('case_archive', { name })}
            onClick={() => archive.mutate(one.id)}
          >
            <Icon name="archive" size={16} />
          </button>
        </>
      )}
    </li>
  );
}
