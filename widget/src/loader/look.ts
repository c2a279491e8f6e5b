// The launcher's looks, in a sheet of its shadow root: the host page's styles do not reach in, and no policy objects.

export const CSS = `
:host{all:initial;position:fixed;z-index:2147483000;inset:auto 0 0 auto;direction:ltr}
:host([hidden]){display:none}
section{position:fixed;bottom:calc(20px + env(safe-area-inset-bottom));right:calc(20px + env(safe-area-inset-right));font:600 13px/1 system-ui,sans-serif}
.left{right:auto;left:calc(20px + env(safe-area-inset-left))}
button{all:unset;box-sizing:border-box;display:grid;place-items:center;width:60px;height:60px;border:1px solid transparent;border-radius:50%;background:var(--a);color:var(--t);box-shadow:0 6px 24px rgb(10 15 40/28%);cursor:pointer}
button:hover{filter:brightness(1.12)}
button:focus-visible{outline:3px solid var(--a);outline-offset:3px;box-shadow:0 0 0 3px #fff}
svg{width:28px;height:28px;fill:none;stroke:currentColor;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;top:-4px;right:-4px;min-width:24px;padding:4px 6px;box-sizing:border-box;border:2px solid #fff;border-radius:12px;background:#b3261e;color:#fff;text-align:center}
b:empty{display:none}
.frame{position:absolute;bottom:74px;right:0;width:400px;height:min(680px,calc(100vh - 114px));max-width:calc(100vw - 40px);overflow:hidden;border-radius:20px;background:var(--b);box-shadow:0 14px 60px rgb(10 15 40/26%),0 0 0 1px rgb(10 15 40/8%);transition:opacity .16s,transform .16s,visibility .16s}
.left .frame{right:auto;left:0}
.frame.off{visibility:hidden;opacity:0;transform:translateY(12px)}
.frame.full{position:fixed;inset:0;width:100%;height:100%;max-width:none;box-sizing:border-box;padding:env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left);border-radius:0;background:var(--a);box-shadow:none}
iframe{display:block;width:100%;height:100%;border:0}
.full.up~button{visibility:hidden}
@media(prefers-reduced-motion:reduce){*{transition:none!important}}
@media(forced-colors:active){button,.frame{border:2px solid ButtonText}}
@media print{:host{display:none}}
`;

export const CHAT =
  'M20.5 11.6c0 4.1-3.8 7.4-8.5 7.4-1.1 0-2.2-.2-3.2-.5L4 20l1.4-3.6a6.9 6.9 0 0 1-1.9-4.8c0-4.1 3.8-7.4 8.5-7.4s8.5 3.3 8.5 7.4Z';
export const DOWN = 'M6 9.5l6 6 6-6';
