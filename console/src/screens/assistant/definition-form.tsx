import { Switch } from '@mantine/core';
import { LOCALE_NAMES, LOCALES } from '../../i18n';
import { page, Pick } from '../../patterns/page';
import styles from './assistant.module.css';
import {
  type Changes,
  type Fields,
  listOf,
  type Mistake,
  recordOf,
  textOf,
  useDocumentNames,
} from './definition-data';
import { Area, Checks, Group, Line, Lines, MistakesAt } from './definition-fields';
import { useDefinitionWords } from './definition-words';

const LEAD_FIELDS = ['name', 'email', 'phone'] as const;
const TOOLS = [
  'save_contact',
  'request_handoff',
  'show_quick_replies',
  'ask_contact_consent',
  'record_fact',
  'search_knowledge',
  'show_card',
  'close_conversation',
] as const;
const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high'] as const;

interface Props {
  /** What stands in the text, with what was changed since. */
  fields: Fields;
  onChange: (changes: Changes) => void;
}

/** Every field of an assistant's file, and its instructions. */
export function DefinitionForm({ mistakes, ...props }: Props & { mistakes: readonly Mistake[] }) {
  return (
    <MistakesAt mistakes={mistakes}>
      <Welcome {...props} />
      <Talk {...props} />
      <Abilities {...props} />
      <ModelSettings {...props} />
      <Instructions {...props} />
    </MistakesAt>
  );
}

function Welcome({ fields, onChange }: Props) {
  const w = useDefinitionWords();
  const greeting = recordOf(fields.greeting);
  const replies = recordOf(fields.quick_replies);
  const texts = Object.fromEntries(LOCALES.map((one) => [one, textOf(greeting[one])]));
  const lists = Object.fromEntries(LOCALES.map((one) => [one, listOf(replies[one])]));
  return (
    <Group title={w('welcome')} why={w('welcome_why')}>
      <Line
        place="display_name"
        label={w('display_name')}
        value={textOf(fields.display_name)}
        onChange={(display_name) => onChange({ display_name })}
      />
      <div className={styles.languages}>
        {LOCALES.map((one) => (
          <div key={one} className={page.stack}>
            <Area
              place={`greeting.${one}`}
              label={w('greeting', { language: LOCALE_NAMES[one] })}
              rows={3}
              value={texts[one]!}
              onChange={(text) => onChange({ greeting: { ...texts, [one]: text } })}
            />
            <Lines
              place={`quick_replies.${one}`}
              label={w('quick_replies', { language: LOCALE_NAMES[one] })}
              rule={w('one_per_line')}
              rows={4}
              value={lists[one]!}
              onChange={(list) => onChange({ quick_replies: { ...lists, [one]: list } })}
            />
          </div>
        ))}
      </div>
    </Group>
  );
}

function Talk({ fields, onChange }: Props) {
  const w = useDefinitionWords();
  return (
    <Group title={w('talk')}>
      <Line
        place="tone"
        label={w('tone')}
        rule={w('tone_rule')}
        value={textOf(fields.tone)}
        onChange={(tone) => onChange({ tone: tone || null })}
      />
      <Checks
        place="lead_fields"
        label={w('lead_fields')}
        value={listOf(fields.lead_fields)}
        options={LEAD_FIELDS.map((one) => [one, w(`lead_${one}`)])}
        onChange={(lead_fields) => onChange({ lead_fields })}
      />
      <Lines
        place="handoff_rules"
        label={w('handoff_rules')}
        rule={w('handoff_rule')}
        rows={5}
        value={listOf(fields.handoff_rules)}
        onChange={(handoff_rules) => onChange({ handoff_rules })}
      />
    </Group>
  );
}

function Abilities({ fields, onChange }: Props) {
  const w = useDefinitionWords();
  const names = useDocumentNames();
  const use = recordOf(fields.knowledge);
  const items = use.items !== false;
  const documents = Array.isArray(use.documents) ? listOf(use.documents) : null;
  const known = [...new Set([...(names.data ?? []), ...(documents ?? [])])].sort();
  const set = (more: { items?: boolean; documents?: string[] | null }): void => {
    const next = { items, documents, ...more };
    onChange({ knowledge: next.items && next.documents === null ? null : next });
  };
  return (
    <Group title={w('abilities')}>
      <Checks
        place="tools"
        label={w('tools')}
        value={listOf(fields.tools)}
        options={TOOLS.map((one) => [one, w(`tool_${one}`)])}
        onChange={(tools) => onChange({ tools })}
      />
      <Switch
        label={w('knowledge_items')}
        checked={items}
        onChange={(e) => set({ items: e.currentTarget.checked })}
      />
      <Switch
        label={w('knowledge_documents')}
        checked={documents === null}
        onChange={(e) => set({ documents: e.currentTarget.checked ? null : known })}
      />
      {documents !== null && (
        <Checks
          place="knowledge"
          label={w('knowledge_only')}
          value={documents}
          options={known.map((one) => [one, one])}
          onChange={(some) => set({ documents: some })}
        />
      )}
    </Group>
  );
}

function ModelSettings({ fields, onChange }: Props) {
  const w = useDefinitionWords();
  const price = recordOf(fields.price);
  const input = textOf(price.input);
  const output = textOf(price.output);
  const numberOf = (text: string): number | null => (text === '' ? null : Number(text));
  const cost = (some: { input?: string; output?: string }): void => {
    const next = { input, output, ...some };
    const none = next.input === '' && next.output === '';
    onChange({ price: none ? null : { input: Number(next.input), output: Number(next.output) } });
  };
  return (
    <Group title={w('model_settings')} why={w('model_why')}>
      <div className={styles.settings}>
        <Line
          place="model"
          label={w('model')}
          value={textOf(fields.model)}
          onChange={(model) => onChange({ model: model.trim() || null })}
        />
        <Line
          place="max_output_tokens"
          label={w('max_output_tokens')}
          numeric={{ min: 50, max: 8000, step: 1 }}
          value={textOf(fields.max_output_tokens)}
          onChange={(text) => onChange({ max_output_tokens: numberOf(text) })}
        />
        <Line
          place="temperature"
          label={w('temperature')}
          numeric={{ min: 0, max: 2, step: 0.1 }}
          value={textOf(fields.temperature)}
          onChange={(text) => onChange({ temperature: numberOf(text) })}
        />
        <Pick
          label={w('reasoning_effort')}
          value={textOf(fields.reasoning_effort)}
          options={[['', w('by_server')], ...EFFORTS.map((one) => [one, w(`effort_${one}`)] as const)]}
          onPick={(effort) => onChange({ reasoning_effort: effort || null })}
        />
        <Line
          place="price.input"
          label={w('price_input')}
          numeric={{ min: 0, max: 1000, step: 0.001 }}
          value={input}
          onChange={(text) => cost({ input: text })}
        />
        <Line
          place="price.output"
          label={w('price_output')}
          numeric={{ min: 0, max: 1000, step: 0.001 }}
          value={output}
          onChange={(text) => cost({ output: text })}
        />
      </div>
      <small className={page.dim}>{w('price_rule')}</small>
    </Group>
  );
}

function Instructions({ fields, onChange }: Props) {
  const w = useDefinitionWords();
  return (
    <Group title={w('instructions')}>
      <Area
        place="system_text"
        label={w('system_text')}
        rule={w('system_text_rule', { variables: VARIABLES })}
        rows={20}
        value={textOf(fields.system_text)}
        onChange={(system_text) => onChange({ system_text })}
      />
    </Group>
  );
}

const VARIABLES = [
  'site_name',
  'today',
  'locale',
  'contact_name',
  'item_title',
  'page_title',
  'tone',
  'handoff_rules',
]
  .map((name) => `{{${name}}}`)
  .join(' ');
