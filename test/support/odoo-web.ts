import type { OdooCredentials } from '../../lib/odoo/client.ts';

/** Makes an API key as a person does it in the web client: names it, says the password again, and is shown it. */
export async function makeApiKey({ url, database, user, password }: OdooCredentials): Promise<string> {
  let cookie = '';
  const post = async <T>(path: string, params: object): Promise<T> => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ jsonrpc: '2.0', method: 'call', params }),
    });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const { result, error } = (await answer.json()) as { result: T; error?: { data: { message: string } } };
    if (error !== undefined) throw new Error(error.data.message);
    return result;
  };
  const call = <T>(model: string, method: string, args: unknown[], context = {}) =>
    post<T>('/web/dataset/call_kw', { model, method, args, kwargs: { context } });

  await post('/web/session/authenticate', { db: database, login: user, password });
  const wizard = 'res.users.apikeys.description';
  const hasDuration = 'duration' in (await call<object>(wizard, 'fields_get', [['duration']]));
  const name = 'a contract test';
  // 18 forgot to say that its create() is none of records, so only the form's own method gets through.
  const description = hasDuration
    ? (await call<{ id: number }[]>(wizard, 'web_save', [[], { name, duration: '1' }, {}]))[0]?.id
    : await call<number>(wizard, 'create', [{ name }]);
  const check = await call<{ res_id: number }>(wizard, 'make_key', [[description]]);
  const identity = 'res.users.identitycheck';
  // Up to 18 the password is a field, then it is in the context.
  await call(identity, 'write', [[check.res_id], { password }]);
  const shown = await call<{ context: { default_key: string } }>(identity, 'run_check', [[check.res_id]], { password });
  return shown.context.default_key;
}
