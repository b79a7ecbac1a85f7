// The buttons *Sync to Odoo*. The rows are looked for when the button is pressed: lists are loaded anew by scripts.
document.querySelectorAll('.odoo-connector-sync').forEach((button) => {
  const texts = JSON.parse(button.dataset.texts);
  button.addEventListener('click', async () => {
    const chosen = button.dataset.record
      ? [button.dataset.record]
      : Array.from(
          document.querySelectorAll("#content input[type=checkbox][name^='selected']:checked"),
          (box) => box.value,
        );
    if (chosen.length === 0) {
      OdooConnector.show({ level: 'warning', code: '', text: button.dataset.none, remedy: '', detail: '' }, texts);
      return;
    }
    const form = new FormData();
    form.append('entity', button.dataset.entity);
    chosen.forEach((id) => {
      form.append('selected[]', id);
    });
    const answer = await OdooConnector.busy(button, button.dataset.working, () =>
      OdooConnector.send(button.dataset.url, form, texts),
    );
    OdooConnector.show(answer.notice, texts);
  });
});
