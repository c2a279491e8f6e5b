import { Button, Modal } from '@mantine/core';
import { useSpeech } from '../../i18n';
import { Loaded } from '../../patterns/page';
import styles from './assistant.module.css';
import evals from './evals.module.css';
import { type Change, changesOf, textsOf } from './case-changes';
import { bodyOf, draftOf } from './case-draft';
import { type CaseEdit, useCaseHistory, useEvalActs } from './evals-data';
import { useEvalWords } from './evals-words';

/** Which case; `revision`: the one to look at, as a run had it. Without `current` nothing can be fetched back. */
export interface Looked {
  id: string;
  name: string;
  revision?: number;
  current?: boolean;
}

/** What became of a case: who changed what and when, and the case as it was. */
export function CaseHistory({ one, onClose }: { one: Looked; onClose: () => void }) {
  const { t } = useSpeech();
  const w = useEvalWords();
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={w('case_history', { name: one.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Loaded query={useCaseHistory(one.id)}>
        {(edits) => {
          // The last edit of a revision is the one that it went on with.
          const looked = edits.find((edit) => edit.revision === one.revision)?.place;
          return (
            <ol className={evals.edits}>
              {edits.map((edit, n) => (
                <Edit
                  key={edit.place}
                  one={one}
                  edit={edit}
                  before={edits[n + 1]}
                  newest={edits[0]!}
                  looked={edit.place === looked}
                  onDone={onClose}
                />
              ))}
            </ol>
          );
        }}
      </Loaded>
    </Modal>
  );
}

interface EditProps {
  one: Looked;
  edit: CaseEdit;
  before: CaseEdit | undefined;
  newest: CaseEdit;
  looked: boolean;
  onDone: () => void;
}

function Edit({ one, edit, before, newest, looked, onDone }: EditProps) {
  const { dateTime } = useSpeech();
  const w = useEvalWords();
  const { change } = useEvalActs();
  const changes = before ? changesOf(w, before, edit) : [];
  const other = changesOf(w, edit, newest).length > 0;
  return (
    <li data-looked={looked || undefined}>
      <div>
        <strong>{w(`act_${edit.act}`)}</strong>{' '}
        <small>
          {[dateTime(new Date(edit.at)), edit.by, w('case_revision', { number: edit.revision })].join(' · ')}
        </small>{' '}
        {looked && <span className={styles.state}>{w('as_run')}</span>}
      </div>
      {changes.length > 0 && (
        <dl className={evals.changes}>
          {changes.map((one) => (
            <OneChange key={one.label} change={one} />
          ))}
        </dl>
      )}
      <details className={evals.more} open={looked}>
        <summary>{w('case_then')}</summary>
        <dl className={evals.changes}>
          {textsOf(w, edit).map(({ label, text }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </details>
      {one.current && other && (
        <Button
          variant="default"
          size="xs"
          loading={change.isPending}
          aria-label={w('case_use', { number: edit.place })}
          onClick={() => change.mutate({ id: one.id, body: bodyOf(draftOf(edit)) }, { onSuccess: onDone })}
        >
          {w('use_again')}
        </Button>
      )}
    </li>
  );
}

/** Said by the element as well as by its colour. */
function OneChange({ change: { label, lines } }: { change: Change }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {lines.map(({ text, mark: Mark }, n) =>
          Mark ? <Mark key={n}>{text}</Mark> : <span key={n}>{text}</span>,
        )}
      </dd>
    </div>
  );
}
