import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { ApiProblem } from '../api/problem';
import { useSpeech } from '../i18n';
import { Icon, type IconName } from './icons';
import { problemText } from './problems';
import styles from './states.module.css';

/** Something on the screen broke: the rest of the console goes on. */
export class Failure extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    console.error('talia:', error);
  }

  override render(): ReactNode {
    return this.state.failed ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useSpeech();
  return (
    <Quiet icon="alert" title={t('broken_title')} text={t('broken_text')}>
      <Button variant="default" onClick={() => location.reload()}>
        {t('reload')}
      </Button>
    </Quiet>
  );
}

interface QuietProps {
  icon: IconName;
  title: string;
  text?: string;
  /** It is all that the screen has: its title is the screen's. */
  heading?: boolean;
  children?: ReactNode;
}

/** A place with nothing in it, and what to do about that. */
export function Quiet(props: QuietProps) {
  const Title = props.heading ? 'h1' : 'p';
  return (
    <div className={styles.quiet}>
      <span className={styles.mark}>
        <Icon name={props.icon} size={28} />
      </span>
      <Title className={styles.title}>{props.title}</Title>
      {props.text && <p className={styles.text}>{props.text}</p>}
      {props.children}
    </div>
  );
}

/** What was asked for could not be shown. `children` lead elsewhere: trying again does not help against every no. */
export function Refused(props: { error: unknown; retry?: () => void; children?: ReactNode }) {
  const speech = useSpeech();
  const { error } = props;
  const lost = error instanceof ApiProblem && error.status === 0;
  const retry = error instanceof ApiProblem && !error.passing ? undefined : props.retry;
  return (
    <Quiet icon={lost ? 'offline' : 'alert'} title={problemText(speech, error)}>
      {retry && (
        <Button variant="default" onClick={retry}>
          {speech.t('try_again')}
        </Button>
      )}
      {props.children}
    </Quiet>
  );
}

export function Loading({ label }: { label?: string }) {
  const { t } = useSpeech();
  return (
    <div className={styles.loading} role="status">
      <span className={styles.spinner} />
      <span className="sr-only">{label ?? t('loading')}</span>
    </div>
  );
}
