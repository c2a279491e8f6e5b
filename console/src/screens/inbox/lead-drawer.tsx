import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSpeech } from '../../i18n';

/** The lead's pane where there is no room beside the conversation. */
export default function LeadDrawer(props: { opened: boolean; onClose: () => void; children: ReactNode }) {
  const { t } = useSpeech();
  return (
    <Drawer
      {...props}
      position="right"
      size="22rem"
      title={t('lead')}
      closeButtonProps={{ 'aria-label': t('close') }}
      padding="xs"
    />
  );
}
