import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../../i18n';
import { Quiet } from '../../patterns/failure';
import { Icon } from '../../patterns/icons';
import { Loaded, page } from '../../patterns/page';
import { countExpected } from './case-draft';
import { type EvalCase, useCases, useEvalActs } from './evals-data';
import { useEvalWords } from './evals-words';

/** The cases that count, or those that were put away. */
export function CaseList({ onEdit }: { onEdit: (one: EvalCase) => void }) {
  const w = useEvalWords();
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
            <ul className={page.list}>
              {known.map((one) => (
                <Line key={one.id} one={one} onEdit={() => onEdit(one)} />
              ))}
            </ul>
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

function Line({ one, onEdit }: { one: EvalCase; onEdit: () => void }) {
  const { dateTime } = useSpeech();
  const w = useEvalWords();
  const { archive, restore } = useEvalActs();
  const { name } = one;
  return (
    <li>
      <div className={page.grow}>
        <strong>{name}</strong>
        <small>
          {[
            w(one.blocking ? 'is_blocking' : 'is_not_blocking'),
            w('case_checks', { count: countExpected(one.expect) }),
            w('case_revision', { number: one.revision }),
            one.archived_at && w('archived_at', { when: dateTime(new Date(one.archived_at)) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
        <div>{one.messages.at(-1)?.text}</div>
      </div>
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
          <Button
            variant="subtle"
            size="xs"
            loading={archive.isPending}
            aria-label={w('case_archive', { name })}
            onClick={() => archive.mutate(one.id)}
          >
            {w('archive')}
          </Button>
        </>
      )}
    </li>
  );
}
