import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSpeech } from '../i18n';

/** Asks before something that breaks or removes, and says what. Cancel has the focus: a second Enter must not do it. */
export function Sure(props: {
  title: string;
  act: string;
  pending: boolean;
  onYes: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useSpeech();
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack>
        {props.children}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button color="red.9" loading={props.pending} onClick={props.onYes}>
            {props.act}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
