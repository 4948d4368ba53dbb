// The manual's pages: light or dark, highlighted code, the contents on small screens, and the search. Works from files, too.
(() => {
    'use strict';
    const root = document.currentScript.dataset.root;
    const html = document.documentElement;

    function remembered() {
        try {
            return localStorage.getItem('theme');
        } catch (e) {
            return null; // files and private windows may have no storage
        }
    }

    function show(theme) {
        html.dataset.theme = theme;
        html.style.colorScheme = theme;
    }

    const dark = matchMedia('(prefers-color-scheme: dark)');
    show(remembered() || (dark.matches ? 'dark' : 'light'));
    dark.addEventListener('change', () => remembered() || show(dark.matches ? 'dark' : 'light'));

    function element(name, properties, ...children) {
        const made = Object.assign(document.createElement(name), properties);
        made.append(...children);
        return made;
    }

    document.addEventListener('DOMContentLoaded', () => {
        document.getElementById('theme').addEventListener('click', () => {
            const theme = html.dataset.theme === 'dark' ? 'light' : 'dark';
            show(theme);
            try {
                localStorage.setItem('theme', theme);
            } catch (e) {
                // then it is forgotten with this page
            }
        });

        const menu = document.getElementById('menu');
        const contents = document.getElementById('contents');
        menu.addEventListener('click', () => menu.setAttribute('aria-expanded', String(contents.classList.toggle('open'))));
        contents.querySelector('[aria-current]')?.scrollIntoView({block: 'nearest'});

        for (const heading of document.querySelectorAll('main :is(h2, h3, h4)[id]')) {
            heading.append(element('a', {className: 'anchor', href: '#' + heading.id, textContent: '#', ariaLabel: 'Link to this section'}));
        }
        for (const block of document.querySelectorAll('main pre > code')) {
            if (/language-(?!text)/.test(block.className)) {
                window.hljs?.highlightElement(block);
            }
            if (navigator.clipboard) {
                const copy = element('button', {type: 'button', textContent: 'Copy'});
                copy.addEventListener('click', () => navigator.clipboard.writeText(block.textContent).then(() => {
                    copy.textContent = 'Copied';
                }));
                block.parentElement.append(copy);
            }
        }
        search(document.querySelector('#search input'), document.querySelector('#search ol'));
    });

    function load(file) {
        return new Promise((resolve, reject) => {
            document.head.append(element('script', {src: root + 'assets/' + file, onload: resolve, onerror: reject}));
        });
    }

    let index;

    function ready() {
        index ??= Promise.all([load('lunr.js'), load('sections.js')]).then(() => lunr(function () {
            lunr.Pipeline.registerFunction(parts, 'parts');
            this.tokenizer.separator = /[^\p{L}\p{N}_]+/u;
            this.pipeline.before(lunr.stemmer, parts);
            this.ref('at');
            this.field('title', {boost: 8});
            this.field('page', {boost: 3});
            this.field('text');
            window.sections.forEach((section, at) => this.add({at, ...section}));
        }));
        return index;
    }

    // shutdown_timeout is found as one word and by each of its parts
    function parts(token) {
        const all = token.toString().split('_').filter(part => part);
        return all.length < 2 ? token : [token, ...all.map(part => token.clone(() => part))];
    }

    function words(text) {
        return text.toLowerCase().split(/[^\p{L}\p{N}_]+/u).filter(word => word);
    }

    function find(lunrIndex, text) {
        const asked = words(text);
        const found = new Map();
        asked.forEach((word, position) => {
            const exact = lunrIndex.pipeline.runString(word, {}).pop();
            const last = position === asked.length - 1;
            const hits = lunrIndex.query(query => {
                query.term(exact ?? word, {boost: 10, usePipeline: false});
                query.term(word, {boost: 4, usePipeline: false, wildcard: last || word.length > 3 ? lunr.Query.wildcard.TRAILING : 0});
                if (word.length > 4) {
                    query.term(word, {editDistance: 1, usePipeline: false});
                }
            });
            for (const hit of hits) {
                const before = found.get(hit.ref) ?? {score: 0, words: 0};
                found.set(hit.ref, {score: before.score + hit.score, words: before.words + 1});
            }
        });
        // sections that have all words stand first, before all others those that have them side by side
        const together = new RegExp(asked.join('[\\s_-]+'), 'iu');
        for (const [at, hit] of found) {
            const {title, text: whole} = window.sections[at];
            hit.words += asked.length < 2 ? 0 : together.test(title) ? 2 : together.test(whole) ? 1 : 0;
        }
        return [...found].sort(([, a], [, b]) => b.words - a.words || b.score - a.score).slice(0, 20)
            .map(([at]) => window.sections[at]);
    }

    function excerpt(section, text) {
        const asked = words(text);
        const pattern = new RegExp('(' + asked.join('|') + ')', 'iu');
        const together = section.text.search(new RegExp(asked.join('[\\s_-]+'), 'iu'));
        const from = Math.max(0, (together < 0 ? section.text.search(pattern) : together) - 60);
        const start = from === 0 ? 0 : section.text.indexOf(' ', from) + 1;
        return section.text.slice(start, start + 160).split(new RegExp(pattern, 'giu'))
            .map((piece, at) => at % 2 ? element('mark', {textContent: piece}) : piece);
    }

    function search(input, list) {
        let selected = -1;

        function select(to) {
            const links = list.querySelectorAll('a');
            links[selected]?.setAttribute('aria-selected', 'false');
            selected = Math.max(-1, Math.min(to, links.length - 1));
            links[selected]?.setAttribute('aria-selected', 'true');
            links[selected]?.scrollIntoView({block: 'nearest'});
        }

        async function update() {
            const text = input.value;
            const lunrIndex = await ready();
            if (text !== input.value) {
                return;
            }
            const sections = words(text).length ? find(lunrIndex, text) : [];
            list.replaceChildren(...sections.map(section => element('li', {}, element('a', {href: root + section.url},
                section.title === section.page ? section.title : section.page + ' › ' + section.title,
                element('small', {}, ...excerpt(section, text))))));
            if (words(text).length && !sections.length) {
                list.append(element('li', {}, element('p', {textContent: 'Nothing found'})));
            }
            list.hidden = !list.children.length;
            select(0);
        }

        input.addEventListener('focus', ready);
        input.addEventListener('input', update);
        input.addEventListener('keydown', event => {
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
                select(selected + (event.key === 'ArrowDown' ? 1 : -1));
                event.preventDefault();
            } else if (event.key === 'Enter') {
                list.querySelectorAll('a')[selected]?.click();
            } else if (event.key === 'Escape') {
                list.hidden = true;
                input.blur();
            }
        });
        list.addEventListener('click', () => {
            list.hidden = true;
        });
        document.addEventListener('click', event => {
            list.hidden ||= !event.target.closest('#search');
        });
        document.addEventListener('keydown', event => {
            if (event.key === '/' && !event.target.closest('input, textarea')) {
                input.focus();
                event.preventDefault();
            }
        });

        // index.html?q=words, for links to a search
        const asked = new URLSearchParams(location.search).get('q');
        if (asked) {
            input.value = asked;
            update();
        }
    }
})();
