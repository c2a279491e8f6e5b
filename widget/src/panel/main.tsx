import './styles/frame.css';
import './styles/conversation.css';
import './styles/controls.css';
import './styles/adapt.css';
import { render } from 'preact';
import { Engine } from './engine';
import { paint } from './theme';
import { App } from './ui/app';

const key = document.querySelector<HTMLMetaElement>('meta[name=talia-site-key]')?.content ?? '';
const origin = decodeURIComponent(location.hash.slice(1)) || location.origin;

const engine = new Engine(key, origin);
let drawn: unknown[] = [];
const follow = (): void => {
  const { speech, theme } = engine.view;
  if (drawn[0] === speech && drawn[1] === theme) return;
  drawn = [speech, theme];
  document.documentElement.lang = speech.tag;
  document.documentElement.dir = speech.dir;
  document.title = theme.title ?? speech.t('title');
  paint(document.documentElement, theme);
};
follow();
engine.store.watch(follow);
render(<App engine={engine} />, document.body);
