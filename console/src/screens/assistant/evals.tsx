import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { Icon } from '../../patterns/icons';
import { Section } from '../../patterns/page';
import { CaseForm, type CaseStart } from './case-form';
import { CaseHistory, type Looked } from './case-history';
import { CaseList } from './case-list';
import type { Versions } from './data';
import { type EvalCase, useCases } from './evals-data';
import { Runs } from './evals-runs';
import { useEvalWords } from './evals-words';
import { Spent } from './spent';
import { useWords } from './words';

const NONE: readonly EvalCase[] = [];

/** The conversation that the address names: `?conversation=<uuid>&upto=<the visitor's turn in it>`. */
function startOf(query: URLSearchParams): CaseStart | undefined {
  const conversation = query.get('conversation');
  return conversation ? { conversation, upto: Number(query.get('upto')) || undefined } : undefined;
}

/** What every version must get right, and how the versions do. */
export function Evals({ all }: { all: Versions }) {
  const w = useWords();
  const e = useEvalWords();
  const cases = useCases();
  const [query, setQuery] = useSearchParams();
  const start = startOf(query);
  const [edited, edit] = useState<EvalCase | 'new' | null>(start ? 'new' : null);
  const [looked, look] = useState<Looked | null>(null);
  const close = (): void => {
    edit(null);
    if (start) setQuery({}, { replace: true });
  };
  return (
    <>
      <Section title={w('tab_evals')} why={e('evals_why')} wide>
        {edited === null ? (
          <>
            <Button leftSection={<Icon name="plus" size={16} />} onClick={() => edit('new')}>
              {e('case_new')}
            </Button>
            <CaseList onEdit={edit} onLook={look} />
          </>
        ) : edited === 'new' ? (
          <CaseForm start={start} onClose={close} />
        ) : (
          <CaseForm key={edited.id} known={edited} onClose={close} />
        )}
      </Section>
      <Runs all={all} cases={cases.data ?? NONE} onLook={look} />
      <Spent />
      {looked && <CaseHistory one={looked} onClose={() => look(null)} />}
    </>
  );
}
