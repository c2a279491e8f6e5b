// Every screen of the console: where it is, who may see it, and its icon. Each is fetched when it is first shown.

import { type ComponentType, lazy } from 'react';
import type { Role } from '../api/types';
import type { Key } from '../i18n';
import type { IconName } from '../patterns/icons';

export interface Screen {
  /** The first part of the path; what follows is the screen's own affair. */
  path: string;
  title: Key;
  icon: IconName;
  roles: readonly Role[];
  component: ComponentType;
}

export const SCREENS: readonly Screen[] = [
  {
    path: '/messages',
    title: 'nav_inbox',
    icon: 'inbox',
    roles: ['seller', 'admin'],
    component: lazy(() => import('../screens/inbox')),
  },
  {
    path: '/leads',
    title: 'nav_leads',
    icon: 'leads',
    roles: ['seller', 'marketing', 'admin'],
    component: lazy(() => import('../screens/leads')),
  },
  {
    path: '/team',
    title: 'nav_team',
    icon: 'team',
    roles: ['seller', 'marketing', 'admin'],
    component: lazy(() => import('../screens/team')),
  },
  {
    path: '/knowledge',
    title: 'nav_knowledge',
    icon: 'book',
    roles: ['marketing', 'admin'],
    component: lazy(() => import('../screens/knowledge')),
  },
  {
    path: '/assistant',
    title: 'nav_assistant',
    icon: 'spark',
    roles: ['admin'],
    component: lazy(() => import('../screens/assistant')),
  },
  {
    path: '/site',
    title: 'nav_site',
    icon: 'site',
    roles: ['admin'],
    component: lazy(() => import('../screens/site')),
  },
  {
    path: '/notifications',
    title: 'nav_notifications',
    icon: 'bell',
    roles: ['seller', 'admin'],
    component: lazy(() => import('../screens/notifications')),
  },
];
