// The settings page.
(() => {
  const KEPT = 'odoo-connector-notice';
  const form = document.getElementById('odoo-connector-settings');
  const texts = JSON.parse(form.dataset.texts);
  const urls = JSON.parse(form.dataset.urls);
  const outbox = document.getElementById('odoo-connector-outbox');

  /** The admin's language, if the browser takes it for one. */
  function locale() {
    try {
      return Intl.getCanonicalLocales(form.dataset.locale)[0];
    } catch {
      return undefined;
    }
  }

  /** Times are UTC; people read them in their own. */
  function localTimes() {
    document.querySelectorAll('#content time[datetime]').forEach((time) => {
      const at = new Date(time.getAttribute('datetime'));
      if (!Number.isNaN(at)) {
        time.textContent = at.toLocaleString(locale());
        time.title = time.getAttribute('datetime');
      }
    });
  }

  async function press(button, method) {
    const answer = await OdooConnector.busy(button, button.dataset.working, () =>
      OdooConnector.send(urls[method], new FormData(form), texts),
    );
    if (answer.reload) {
      sessionStorage.setItem(KEPT, JSON.stringify(answer.notice));
      location.reload();
      return;
    }
    if (answer.outbox) {
      outbox.innerHTML = answer.outbox;
      localTimes();
    }
    if (answer.secret) showSecret(answer);
    if (answer.notice) OdooConnector.show(answer.notice, texts);
  }

  function showSecret(answer) {
    const input = document.getElementById('input-secret');
    input.type = 'text';
    input.value = answer.secret;
    document.querySelector('[data-odoo-copy="input-secret"]').hidden = false;
    const hint = document.getElementById('odoo-connector-generated');
    hint.textContent = answer.hint;
    hint.hidden = false;
    input.select();
  }

  document.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-odoo], [data-odoo-copy]');
    if (!button) return;
    if (button.dataset.odooCopy) {
      const input = document.getElementById(button.dataset.odooCopy);
      input.select();
      // Without https there is no clipboard; the text is selected, at least.
      if (navigator.clipboard) await navigator.clipboard.writeText(input.value);
      button.title = form.dataset.copied;
      return;
    }
    if (button.dataset.odoo === 'unpair' && !confirm(form.dataset.confirm)) return;
    press(button, button.dataset.odoo);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    press(document.querySelector('.page-header [data-odoo="save"]'), 'save');
  });
  document.getElementById('input-verify-tls').addEventListener('change', function () {
    document.getElementById('odoo-connector-tls').hidden = this.value !== '';
  });
  document.querySelectorAll('[data-odoo-go]').forEach((select) => {
    select.addEventListener('change', function () {
      location.href = this.value;
    });
  });

  localTimes();
  const kept = sessionStorage.getItem(KEPT);
  if (kept) {
    sessionStorage.removeItem(KEPT);
    OdooConnector.show(JSON.parse(kept), texts);
  }
})();
