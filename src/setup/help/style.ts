/** The help page's look: one narrow column, readable on a phone, in light and dark. */
export const helpStyle = `
:root { color-scheme: light dark; --ink: #1b2430; --paper: #fbfaf7; --panel: #fff; --line: #d9d6cd; --accent: #0b5c8a; --soft: #5b6673; --warm: #fdf3dc; --edge: #d9a62e; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e6e1; --paper: #171b20; --panel: #20262d; --line: #3a424c; --accent: #7cc4ee; --soft: #a2acb8; --warm: #37301c; --edge: #a98a3c; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 system-ui, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 1.25rem 1.1rem 4rem; }
header { display: flex; justify-content: space-between; gap: 1rem; font-size: .95rem; color: var(--soft); }
h1 { font-size: clamp(1.6rem, 5vw, 2.2rem); line-height: 1.2; margin: 1.4rem 0 .5rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.4rem 0 .7rem; }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: .5rem 0; }
a { color: var(--accent); }
.lead { font-size: 1.15rem; color: var(--soft); margin-bottom: 1.4rem; }
.note { color: var(--soft); font-size: .92rem; }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: .7rem; padding: 1rem 1.1rem; }
label { display: block; font-weight: 600; margin-bottom: .35rem; }
.field { display: flex; flex-wrap: wrap; align-items: center; gap: .2rem .4rem; }
input { flex: 1 1 12rem; min-width: 0; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .45rem; padding: .5rem .65rem; }
.wrong { color: #b3261e; }
@media (prefers-color-scheme: dark) { .wrong { color: #f2a49e; } }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); gap: .8rem; }
.wide { grid-column: 1 / -1; }
dl { margin: 0; }
dt { color: var(--soft); font-size: .88rem; margin-top: .55rem; }
dt:first-child { margin-top: 0; }
dd { margin: 0; }
.value { display: flex; align-items: center; justify-content: space-between; gap: .6rem; }
.value code { min-width: 0; }
code { font: .95em ui-monospace, 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
dd code { font-weight: 600; }
button { font: inherit; font-size: .82rem; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: .4rem; padding: .12rem .55rem; min-height: 1.9rem; cursor: pointer; }
button:hover { border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.download { display: inline-block; background: var(--accent); color: var(--paper); text-decoration: none; border-radius: .5rem; padding: .5rem .9rem; margin: .2rem 0 .5rem; }
ol, ul { margin: .4rem 0; padding-left: 1.3rem; }
li { margin: .25rem 0; }
details { border-top: 1px solid var(--line); }
details:last-of-type { border-bottom: 1px solid var(--line); }
summary { cursor: pointer; padding: .65rem .2rem; font-weight: 600; }
details > :not(summary) { margin-left: .9rem; margin-right: .2rem; }
details > :last-child { margin-bottom: 1rem; }
.caution, .law { background: var(--warm); border-left: 4px solid var(--edge); border-radius: .3rem; padding: .6rem .9rem; }
.law h2 { margin-top: .3rem; }
.law { margin-top: 2.4rem; padding: .7rem 1.1rem; }
[aria-current] { font-weight: 600; }
.choices + ul { margin-top: 1.1rem; }
.panel > :last-child { margin-bottom: 0; }
.qr { display: block; width: 10.5rem; height: 10.5rem; border-radius: .4rem; margin: .3rem 0; }
@media (max-width: 40rem) {
  .phone-free { display: none; }
  .panel { padding: .9rem; }
  .value code { font-size: .88rem; }
  /* Fingers need more room than a pointer. */
  button { min-height: 2.5rem; padding: .3rem .8rem; }
}
`;
