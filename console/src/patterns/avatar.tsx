import { Icon } from './icons';
import styles from './avatar.module.css';

const TONES = 8;

/** Initials on a ground of its own per name; pictures come from other hosts, so there are none. */
export function Avatar(props: {
  name: string | null;
  size?: 'sm' | 'md' | 'lg';
  online?: boolean;
  title?: string;
}) {
  const { name, size = 'md' } = props;
  return (
    <span
      className={styles.avatar}
      data-size={size}
      data-tone={name ? tone(name) : 'none'}
      data-initials={name ? initials(name) : undefined}
      data-online={props.online}
      title={props.title}
      aria-hidden="true"
    >
      {!name && <Icon name="person" size={size === 'sm' ? 13 : 18} />}
    </span>
  );
}

export function initials(name: string | null): string {
  const words = (name ?? '').split(/\s+/).filter((word) => /\p{L}|\p{N}/u.test(word));
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return ([...first][0] ?? '·').toUpperCase() + ([...last][0] ?? '').toUpperCase();
}

function tone(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)!) >>> 0;
  return sum % TONES;
}
