// Shows the connector's console in a frame and gives it a token of the person who is logged in.
(() => {
  document.querySelectorAll('[data-odoo-go]').forEach((select) => {
    select.addEventListener('change', function () {
      location.href = this.value;
    });
  });
  const place = document.getElementById('odoo-connector-frame');
  if (!place) return;
  const options = JSON.parse(place.dataset.frame);
  const texts = JSON.parse(place.dataset.texts);
  const content = document.getElementById('content');
  const loading = place.querySelector('.odoo-connector-loading');
  const frame = document.createElement('iframe');
  let isReady = false;
  let timer;

  function form(fields) {
    const data = new FormData();
    data.append('store_id', options.store_id);
    Object.keys(fields || {}).forEach((name) => {
      data.append(name, fields[name]);
    });
    return data;
  }

  async function giveToken() {
    const answer = await OdooConnector.send(options.token, form(), texts);
    if (!answer.token) {
      OdooConnector.show(answer.notice, texts);
      return;
    }
    frame.contentWindow.postMessage(
      {
        type: 'opencart-odoo:token',
        token: answer.token,
        expiresAt: answer.expiresAt,
        locale: options.locale,
        scheme: 'light',
      },
      options.origin,
    );
  }

  function fillWindow() {
    const top = place.getBoundingClientRect().top + window.scrollY;
    frame.style.height = `${Math.max(420, window.innerHeight - top)}px`;
  }

  function onReady() {
    isReady = true;
    clearTimeout(timer);
    loading.hidden = true;
    const old = document.getElementById('odoo-connector-silent');
    if (old) old.remove();
    frame.hidden = false;
    content.classList.add('is-shown');
    fillWindow();
    giveToken();
  }

  /** A deep link: reloading the page, or sending its address, opens the same page of the console. */
  function keepPath(path) {
    if (typeof path !== 'string' || !/^\/(?!\/)[\w\-./:%]*(\?[\w\-.=&:%+,]*)?$/.test(path)) return;
    const url = new URL(location.href);
    url.searchParams.set('page', path.replace(/([?&])embed=1(&|$)/, '$1').replace(/[?&]$/, ''));
    history.replaceState(history.state, '', url);
  }

  /** The browser does not say why a frame stays empty: the store looks for itself. */
  async function explain() {
    if (isReady) return;
    const answer = await OdooConnector.send(options.probe, form({ parent: location.origin }), texts);
    if (isReady) return;
    loading.hidden = true;
    frame.hidden = true;
    const box = OdooConnector.box(answer.notice);
    box.id = 'odoo-connector-silent';
    const actions = document.createElement('p');
    actions.style.marginTop = '12px';
    actions.append(
      action('button', place.dataset.retry, () => {
        location.reload();
      }),
      ' ',
      link(place.dataset.alone, place.dataset.aloneText, true),
      ' ',
      link(place.dataset.settings, place.dataset.settingsText, false),
    );
    box.append(actions);
    place.prepend(box);
  }

  function action(tag, text, onClick) {
    const button = document.createElement(tag);
    button.type = 'button';
    button.className = 'btn btn-primary';
    button.textContent = text;
    button.addEventListener('click', onClick);
    return button;
  }

  function link(href, text, isElsewhere) {
    const a = document.createElement('a');
    a.className = 'btn btn-default btn-light';
    a.href = href;
    a.textContent = text;
    if (isElsewhere) {
      a.target = '_blank';
      a.rel = 'noopener noreferrer';
    }
    return a;
  }

  window.addEventListener('message', (event) => {
    if (event.origin !== options.origin || event.source !== frame.contentWindow || !event.data) return;
    if (event.data.type === 'opencart-odoo:ready') onReady();
    if (event.data.type === 'opencart-odoo:token-needed') giveToken();
    if (event.data.type === 'opencart-odoo:navigated') keepPath(event.data.path);
  });
  window.addEventListener('resize', fillWindow);
  timer = setTimeout(explain, options.ready);
  // The admin's address carries the user's token.
  frame.referrerPolicy = 'no-referrer';
  frame.title = document.title;
  frame.src = options.address;
  place.append(frame);
  fillWindow();
})();
