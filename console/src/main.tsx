import './theme/components';
import './theme/tokens.css';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { loadCatalog, preferredLocale } from './i18n';

const locale = preferredLocale();
const catalog = await loadCatalog(locale);
createRoot(document.getElementById('root')!).render(<App locale={locale} catalog={catalog} />);
