// Before the first paint: the theme and the language that the person chose.
const theme = localStorage.getItem('theme');
const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.dataset.theme = dark ? 'dark' : 'light';
document.documentElement.lang = localStorage.getItem('language') === 'en' ? 'en' : 'vi';
