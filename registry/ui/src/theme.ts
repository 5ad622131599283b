// Before the first paint: the theme and the language that the person chose,
// and the script in that language.
declare const SCRIPTS: Record<string, string[]>;
const theme = localStorage.getItem('theme');
const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.dataset.theme = dark ? 'dark' : 'light';
if (localStorage.getItem('density') === 'dense') document.documentElement.dataset.density = 'dense';
document.documentElement.lang = localStorage.getItem('language') === 'en' ? 'en' : 'vi';
const [entry, ...others] = SCRIPTS[document.documentElement.lang];
for (const href of others) document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
document.head.append(Object.assign(document.createElement('script'), { type: 'module', src: entry }));
