import './theme/components';
import './theme/tokens.css';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { loadCatalog, preferredLocale } from './i18n';
import { styleNonce } from './theme';

// Dialogs hold the page still with a style element of their own, and look for its nonce under this name.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() });

const locale = preferredLocale();
const catalog = await loadCatalog(locale);
createRoot(document.getElementById('root')!).render(<App locale={locale} catalog={catalog} />);
