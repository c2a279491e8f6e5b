import { Modal } from '@mantine/core';
import { useSpeech } from '../../i18n';
import { CaseForm, type CaseStart } from './case-form';

/** What was tried out or replayed becomes a case. */
export function KeepCase(props: { start: CaseStart; title: string; onClose: () => void }) {
  const { start, title, onClose } = props;
  const { t } = useSpeech();
  return (
    <Modal opened size="lg" onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <CaseForm start={start} onClose={onClose} />
    </Modal>
  );
}
