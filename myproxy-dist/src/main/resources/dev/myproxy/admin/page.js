'use strict';

// Asks the daemon again and again, and shows what it says. Strings go into the page as text, never as HTML.

const EVERY_MILLIS = 2000;
const TIMEOUT_MILLIS = 10000;
const LIMIT = 1000;

const GOOD = {ready: 'good', alive: 'good', listening: 'good', read_only: 'fair', overloaded: 'fair', starting: 'fair',
    stopping: 'fair', waiting: 'fair', dead: 'bad', auth_failed: 'bad', closed: 'bad', gone: 'bad'};

const COLUMNS = [
    {name: 'Id', value: s => s.id, number: true},
    {name: 'Account', value: s => s.account ?? ''},
    {name: 'Client', value: s => s.client, title: s => s.proxy === null ? s.client : s.client + ' through ' + s.proxy},
    {name: 'TLS', value: s => tls(s.tls), title: s => tlsDetails(s.tls)},
    {name: 'Listener', value: s => s.listener},
    {name: 'Server', value: s => s.server ?? '', text: s => s.server === null ? '–' : s.server + (s.read_only ? ' (read-only)' : '')},
    {name: 'Server TLS', value: s => tls(s.server_tls), title: s => tlsDetails(s.server_tls)},
    {name: 'Phase', value: s => s.phase, pill: s => s.phase === 'command' ? '' : 'fair'},
    {name: 'Age', value: s => s.age_seconds, text: s => duration(s.age_seconds), number: true},
    {name: 'Queries', value: s => s.queries, text: s => count(s.queries), number: true},
    {name: 'Received', value: s => s.received_bytes, text: s => bytes(s.received_bytes), number: true},
    {name: 'Sent', value: s => s.sent_bytes, text: s => bytes(s.sent_bytes), number: true},
];

const $ = id => document.getElementById(id);
const rows = new Map();
let sessions = [];
let sort = {column: 8, descending: true};
let paused = false;
let lastAnswer = null;
let asked = 0;
let timer;

// What can't be seen, or turns the direction of the text around it, is shown by its number.
function visible(text) {
    return String(text).replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
        c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
}

function count(n) {
    return n.toLocaleString('en');
}

function bytes(n) {
    let unit = 0;
    while (n >= 999.5 && unit < 5) {
        n /= 1000;
        unit++;
    }
    return (unit === 0 || n >= 99.95 ? Math.round(n) : n.toFixed(1)) + ' ' + ['B', 'kB', 'MB', 'GB', 'TB', 'PB'][unit];
}

function duration(seconds) {
    if (seconds < 1) {
        return Math.round(seconds * 1000) + ' ms';
    }
    const s = Math.floor(seconds);
    if (s < 60) {
        return s + ' s';
    }
    const [d, h, m] = [Math.floor(s / 86400), Math.floor(s / 3600) % 24, Math.floor(s / 60) % 60];
    return d > 0 ? d + ' d ' + h + ' h' : h > 0 ? h + ' h ' + m + ' min' : m + ' min ' + s % 60 + ' s';
}

function tls(link) {
    return link === null ? '' : link.subject ? link.version + ', ' + link.subject : link.version;
}

function tlsDetails(link) {
    return link === null ? 'not encrypted' : [link.version, link.cipher, link.subject, link.fingerprint, link.server_name && 'for ' + link.server_name]
        .filter(part => part).join(', ');
}

function element(name, text, className) {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) {
        made.className = className;
    }
    return made;
}

function pill(label, quality) {
    return element('span', visible(label), 'pill ' + (quality ?? GOOD[label] ?? ''));
}

function row(cells) {
    const tr = document.createElement('tr');
    for (const [content, className] of cells) {
        const td = element('td', '', className);
        if (content instanceof Node) {
            td.append(content);
        } else {
            td.textContent = visible(content);
            td.title = td.textContent;
        }
        tr.append(td);
    }
    return tr;
}

function showStatus(status) {
    $('state').textContent = status.state;
    $('state').className = 'pill ' + (GOOD[status.state] ?? '');
    document.title = 'myproxy: ' + status.state + ', ' + count(status.sessions) + ' sessions';
    const facts = [
        ['Sessions', count(status.sessions)],
        ['Up for', duration(status.uptime_seconds)],
        ['Script errors', count(status.script.errors), status.script.errors > 0 ? 'bad' : ''],
        ['Script waits for', count(status.script.waiting)],
        ['Version', status.version + ', Java ' + status.java + ', pid ' + status.pid, '', 'wide'],
        ['Configuration', status.configuration + ' (' + status.script.engine + ')', '', 'wide'],
    ];
    $('facts').replaceChildren(...facts.map(([name, value, quality, shape]) => {
        const fact = element('div', '', shape);
        fact.append(element('dt', name), element('dd', visible(value), quality));
        return fact;
    }));
    $('listeners').replaceChildren(...status.listeners.map(listener => row([
        [listener.address], [listener.kind], [pill(listener.accepting ? 'listening' : 'closed')],
        [listener.accepted === null ? '' : count(listener.accepted), 'number'], [listener.kind === 'mysql' ? count(listener.sessions) : '', 'number'],
    ])));
}

function showNodes(clusters) {
    const nodes = clusters.flatMap(cluster => cluster.nodes.map(node => ({cluster: cluster.name, ...node})));
    const now = Date.now();
    $('nodes').replaceChildren(...nodes.map(node => row([
        [node.cluster], [node.address], [pill(node.state + (node.suspect ? ', suspect' : ''), node.suspect ? 'fair' : GOOD[node.state])],
        [node.since === null ? '' : duration(Math.max(0, (now - Date.parse(node.since)) / 1000))],
        [node.reason, 'reason'], [node.check_seconds === null ? '' : duration(node.check_seconds), 'number'],
        [node.lag_seconds === null ? '' : duration(node.lag_seconds), 'number'], [node.weight, 'number'],
    ])));
    $('nodes').closest('.scroll').hidden = nodes.length === 0;
    $('no-nodes').hidden = nodes.length > 0;
}

function newRow() {
    const tr = document.createElement('tr');
    for (const column of COLUMNS) {
        const td = element('td', '', column.number ? 'number' : '');
        if (column.pill) {
            td.append(element('span', '', 'pill'));
        }
        tr.append(td);
    }
    return tr;
}

function update(tr, session) {
    COLUMNS.forEach((column, i) => {
        const td = tr.children[i];
        const text = visible(column.text ? column.text(session) : column.value(session));
        const target = column.pill ? td.firstChild : td;
        if (target.textContent !== text) {
            target.textContent = text;
        }
        const title = column.title ? visible(column.title(session)) : text;
        if (td.title !== title) {
            td.title = title;
        }
        if (column.pill) {
            const className = 'pill ' + column.pill(session);
            if (target.className !== className) {
                target.className = className;
            }
        }
    });
}

function showSessions() {
    const by = COLUMNS[sort.column];
    const direction = sort.descending ? -1 : 1;
    sessions.sort((one, other) => {
        const [a, b] = [by.value(one), by.value(other)];
        const order = by.number ? a - b : a < b ? -1 : a > b ? 1 : 0;
        return order === 0 ? one.id - other.id : direction * order;
    });
    const ids = new Set(sessions.map(session => session.id));
    for (const id of rows.keys()) {
        if (!ids.has(id)) {
            rows.delete(id);
        }
    }
    const ordered = sessions.map(session => {
        const tr = rows.get(session.id) ?? newRow();
        rows.set(session.id, tr);
        update(tr, session);
        return tr;
    });
    const body = $('rows');
    if (ordered.length !== body.children.length || ordered.some((tr, i) => body.children[i] !== tr)) {
        body.replaceChildren(...ordered);
    }
    COLUMNS.forEach((_, i) => {
        const th = $('heads').children[i];
        if (i === sort.column) {
            th.setAttribute('aria-sort', sort.descending ? 'descending' : 'ascending');
        } else {
            th.removeAttribute('aria-sort');
        }
    });
}

function showCount(answer) {
    const shown = answer.sessions.length;
    const filtered = $('search').value !== '' || $('phase').value !== '';
    $('count').textContent = (shown < answer.matching ? 'the ' + count(shown) + ' oldest of ' + count(answer.matching)
        : count(answer.matching)) + (filtered ? ' found among ' + count(answer.total) : '');
    $('no-sessions').textContent = filtered ? 'No session is like that.' : 'No client is connected.';
    $('no-sessions').hidden = shown > 0;
    $('sessions').hidden = shown === 0;
}

async function ask(path) {
    const response = await fetch(path, {signal: AbortSignal.timeout(TIMEOUT_MILLIS), cache: 'no-store'});
    const answer = await response.json();
    if (!response.ok) {
        throw new Error(answer.error);
    }
    return answer;
}

function trouble(failure) {
    const gone = failure instanceof TypeError || failure.name === 'TimeoutError';
    $('trouble').textContent = (gone ? 'The daemon does not answer' : 'The daemon answers: ' + visible(failure.message))
        + (lastAnswer ? '; what is shown is of ' + lastAnswer.toLocaleTimeString() : '') + '. Trying again.';
    $('trouble').hidden = false;
    $('main').classList.add('stale');
    $('state').textContent = 'no answer';
    $('state').className = 'pill bad';
    document.title = 'myproxy: no answer';
}

async function refresh() {
    clearTimeout(timer);
    const turn = ++asked;
    const query = new URLSearchParams({limit: LIMIT, search: $('search').value, phase: $('phase').value});
    try {
        const [status, nodes, found] = await Promise.all(
            [ask('api/status'), ask('api/nodes'), ask('api/sessions?' + query)]);
        if (turn === asked) {
            lastAnswer = new Date();
            sessions = found.sessions;
            showStatus(status);
            showNodes(nodes.clusters);
            showCount(found);
            showSessions();
            $('trouble').hidden = true;
            $('main').classList.remove('stale');
        }
    } catch (failure) {
        if (turn === asked) {
            trouble(failure);
        }
    }
    if (turn === asked) {
        $('updated').textContent = lastAnswer ? 'as of ' + lastAnswer.toLocaleTimeString() : '';
        schedule();
    }
}

function schedule() {
    clearTimeout(timer);
    if (!paused && !document.hidden) {
        timer = setTimeout(refresh, EVERY_MILLIS);
    }
}

function begin() {
    COLUMNS.forEach((column, i) => {
        const th = element('th', '', column.number ? 'number' : '');
        const button = element('button', column.name);
        button.type = 'button';
        button.addEventListener('click', () => {
            sort = {column: i, descending: sort.column === i ? !sort.descending : Boolean(column.number)};
            showSessions();
        });
        th.scope = 'col';
        th.append(button);
        $('heads').append(th);
    });
    let typed;
    $('search').addEventListener('input', () => {
        clearTimeout(typed);
        typed = setTimeout(refresh, 200);
    });
    $('phase').addEventListener('change', refresh);
    $('pause').addEventListener('click', () => {
        paused = !paused;
        $('pause').setAttribute('aria-pressed', paused);
        if (paused) {
            clearTimeout(timer);
        } else {
            refresh();
        }
    });
    document.addEventListener('visibilitychange', () => document.hidden ? clearTimeout(timer) : paused || refresh());
    refresh();
}

begin();
