// What the module's scripts share: a form that is sent, and the notice that answers it.
window.OdooConnector = window.OdooConnector || {
  /**
   * Sends a form to the module.
   * @param {string} url with OpenCart's user token
   * @param {FormData} form
   * @param {{close: string, expired: object, failed: object}} texts notices for when the module itself does not answer
   * @returns {Promise<object>} the answer, with `notice` if something went wrong
   */
  send: async (url, form, texts) => {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        body: form,
        credentials: 'same-origin',
        headers: { Accept: 'application/json' },
      });
      const text = await answer.text();
      // A page instead of data is OpenCart's login; whoever may not see the module gets one, too.
      if (answer.ok && /^\s*</.test(text)) return { notice: texts.expired };
      return JSON.parse(text);
    } catch (error) {
      return { notice: Object.assign({}, texts.failed, { detail: String(error.message || error) }) };
    }
  },

  /** Shows a notice at the top of the page, instead of the one before. */
  show: (notice, texts) => {
    const old = document.getElementById('odoo-connector-notice');
    if (old) old.remove();
    const box = OdooConnector.box(notice);
    box.id = 'odoo-connector-notice';
    box.classList.add('alert-dismissible');
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'close btn-close';
    button.setAttribute('aria-label', texts.close);
    button.addEventListener('click', () => {
      box.remove();
    });
    box.append(button);
    const place =
      document.querySelector('#content > .container-fluid') || document.getElementById('content') || document.body;
    place.prepend(box);
    // Bootstrap 5 draws a cross into the button, Bootstrap 3 does not.
    if (getComputedStyle(button).backgroundImage === 'none') button.textContent = '×';
    box.scrollIntoView({ block: 'nearest' });
  },

  /** A notice as an element. Everything in it is text. */
  box: (notice) => {
    const box = document.createElement('div');
    box.className = `alert alert-${notice.level}`;
    box.setAttribute('role', notice.level === 'danger' ? 'alert' : 'status');
    const icon = document.createElement('i');
    icon.className = `fa ${notice.level === 'success' ? 'fa-check-circle' : 'fa-exclamation-circle'}`;
    box.append(icon, ` ${notice.text}${notice.remedy ? ` ${notice.remedy}` : ''}`);
    if (notice.code) {
      const detail = document.createElement('div');
      detail.className = 'odoo-connector-detail';
      detail.style.cssText = 'font-size:85%;opacity:.75';
      detail.textContent = notice.code + (notice.detail ? ` · ${notice.detail}` : '');
      box.append(detail);
    }
    return box;
  },

  /** While something is done a button says so and cannot be pressed again. */
  busy: async (button, working, work) => {
    const label = button.innerHTML;
    button.disabled = true;
    if (working) button.textContent = working;
    try {
      return await work();
    } finally {
      button.disabled = false;
      button.innerHTML = label;
    }
  },
};
