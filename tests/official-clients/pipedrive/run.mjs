// Pipedrive's own client against the sandbox: what it sends must be understood, what it gets must fit.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { before, test } from 'node:test'
import { v1, v2 } from 'pipedrive'

const control = process.env.SANDBOX_CONTROL
assert.ok(control, 'SANDBOX_CONTROL must hold the url of the sandbox\'s control port')

let account
let old
let now

before(async () => {
  const reset = await call('/reset', { seed: 1, accounts: { pipedrive: 1 } })
  // These calls follow each other faster than a small plan allows.
  await call('/switches', { crm: 'pipedrive', switches: { plan: 'Ultimate', conversionSeconds: 0.2 } })
  account = reset.accounts.find(candidate => candidate.crm === 'pipedrive')
  old = new v1.Configuration({ apiKey: account.token, basePath: account.baseUrl + '/api/v1' })
  now = new v2.Configuration({ apiKey: account.token, basePath: account.baseUrl + '/api/v2' })
})

async function call(path, body, method = 'POST') {
  const answer = await fetch(control + path, { method, body: body && JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  assert.equal(answer.status, 200, await answer.clone().text())
  return answer.json()
}

async function refused(promise) {
  const error = await promise.then(() => assert.fail('it was not refused'), error => error)
  return error.context ?? error.response?.data ?? error
}

async function until(condition) {
  for (let tries = 0; tries < 200; tries++) {
    const found = await condition()
    if (found) {
      return found
    }
    await new Promise(done => setTimeout(done, 25))
  }
  assert.fail('waited in vain')
}

async function person(name = 'Zoë Holm') {
  return (await new v2.PersonsApi(now).addPerson({ AddPersonRequest: { name, emails: [{ value: 'zoe@firm.example' }] } })).data.id
}

async function lead(title, more = {}) {
  return (await new v1.LeadsApi(old).addLead({ AddLeadRequest: { title, person_id: await person(title), ...more } })).data
}

async function choice(name, labels) {
  const field = (await new v2.DealFieldsApi(now).addDealField({
    AddDealFieldRequest: { field_name: name, field_type: 'enum', options: labels.map(label => ({ label })) },
  })).data
  return { code: field.field_code, ids: field.options.map(option => option.id) }
}

test('learns who it is', async () => {
  const me = (await new v1.UsersApi(old).getCurrentUser()).data
  assert.equal(String(me.company_id), account.accountId)
  assert.equal(me.company_domain, 'company1')
  const users = (await new v1.UsersApi(old).getUsers()).data
  assert.equal(users.filter(user => user.is_you).length, 1)
})

test('is turned away with a wrong token', async () => {
  const stranger = new v1.Configuration({ apiKey: 'nonsense', basePath: account.baseUrl + '/api/v1' })
  const error = await refused(new v1.UsersApi(stranger).getCurrentUser())
  assert.equal(error.errorCode, 401)
})

test('refreshes an OAuth grant and calls with what it got', async () => {
  const oauth = new v1.OAuth2Configuration({ clientId: account.clientId, clientSecret: account.clientSecret, redirectUri: 'http://127.0.0.1/x', host: account.baseUrl })
  oauth.updateToken({ access_token: 'old', refresh_token: account.refreshToken, token_type: 'Bearer', expires_in: 3599, scope: 'base', api_domain: account.baseUrl })
  const grant = await oauth.tokenRefresh()
  assert.equal(grant.api_domain, account.baseUrl)
  const leads = new v1.Configuration({ accessToken: grant.access_token, basePath: account.baseUrl + '/api/v1' })
  assert.equal((await new v1.LeadsApi(leads).getLeads()).success, true)
})

test('makes, reads, changes, archives and deletes a lead', async () => {
  const api = new v1.LeadsApi(old)
  const { code, ids } = await choice('Answer on lead', ['Accept', 'Reject'])
  const made = await lead('Maja', { [code]: ids[0], origin_id: 'crmsync' })
  assert.equal(made[code], String(ids[0]))
  assert.equal(made.source_name, 'API')
  assert.match(made.update_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  const changed = (await api.updateLead({ id: made.id, UpdateLeadRequest: { title: 'Maja H', [code]: ids[1] } })).data
  assert.deepEqual([changed.title, changed[code]], ['Maja H', String(ids[1])])
  assert.equal((await api.getLead({ id: made.id })).data.id, made.id)
  await api.updateLead({ id: made.id, UpdateLeadRequest: { is_archived: true } })
  const archived = (await api.getArchivedLeads()).data
  assert.deepEqual(archived.map(one => one.id), [made.id])
  await api.deleteLead({ id: made.id })
  const error = await refused(api.getLead({ id: made.id }))
  assert.equal(error.error, 'requested lead not found')
})

test('pages through leads by update time', async () => {
  const api = new v1.LeadsApi(old)
  for (const name of ['a', 'b', 'c']) {
    await lead(name)
  }
  const seen = []
  for (let start = 0; ;) {
    const page = await api.getLeads({ start, limit: 2, sort: 'update_time', updated_since: '2020-01-01T00:00:00Z' })
    seen.push(...(page.data ?? []).map(one => one.id))
    if (!page.additional_data.pagination.more_items_in_collection) {
      break
    }
    start = page.additional_data.pagination.next_start
  }
  assert.equal(new Set(seen).size, seen.length)
  assert.ok(seen.length >= 3)
})

test('makes, changes, lists and deletes a deal with a custom field', async () => {
  const api = new v2.DealsApi(now)
  const { code, ids } = await choice('Priority', ['Low', 'High'])
  const made = (await api.addDeal({ AddDealRequest: { title: 'Deal', person_id: await person(), custom_fields: { [code]: ids[0] } } })).data
  assert.equal(made.custom_fields[code], ids[0])
  const won = (await api.updateDeal({ id: made.id, UpdateDealRequest: { status: 'won', custom_fields: { [code]: null } } })).data
  assert.equal(won.custom_fields[code], null)
  assert.match(won.won_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  const listed = await api.getDeals({ status: 'open,won', updated_since: '2026-01-01T00:00:00Z', sort_by: 'update_time', limit: 1 })
  assert.equal(listed.data.length, 1)
  const strict = await refused(api.updateDeal({ id: made.id, UpdateDealRequest: { [code]: ids[0] } }))
  assert.equal(strict.code, 'ERR_SCHEMA_VALIDATION_FAILED')
  await api.deleteDeal({ id: made.id })
  assert.equal((await api.getDeals({ status: 'deleted' })).data.some(deal => deal.id === made.id), true)
})

test('pages through persons with a cursor', async () => {
  await call('/generate', { crm: 'pipedrive', count: 25 })
  const api = new v2.PersonsApi(now)
  const seen = []
  for (let cursor; ;) {
    const page = await api.getPersons({ limit: 10, sort_by: 'update_time', ...(cursor && { cursor }) })
    seen.push(...page.data.map(one => one.id))
    cursor = page.additional_data.next_cursor
    if (!cursor) {
      break
    }
  }
  assert.equal(new Set(seen).size, seen.length)
  assert.ok(seen.length >= 25)
})

test('reads fields, adds an option and renames it', async () => {
  const api = new v2.DealFieldsApi(now)
  const fields = (await api.getDealFields({ limit: 500 })).data
  const stage = fields.find(field => field.field_name === 'Lifecycle stage')
  assert.match(stage.field_code, /^[0-9a-f]{40}$/)
  const added = (await api.addDealFieldOptions({ field_code: stage.field_code, AddDealFieldOptionsRequestInner: [{ label: 'Nurture' }] })).data
  assert.deepEqual(added.map(option => option.label), ['Nurture'])
  const read = (await api.getDealField({ field_code: stage.field_code })).data
  assert.ok(read.options.some(option => option.label === 'Nurture'))
})

test('converts a lead and finds the deal, with its tasks and notes', async () => {
  const made = await lead('Karen')
  const task = (await new v2.ActivitiesApi(now).addActivity({ AddActivityRequest: { subject: 'Answer', type: 'task', lead_id: made.id, participants: [{ person_id: made.person_id, primary: true }] } })).data
  const note = (await new v1.NotesApi(old).addNote({ AddNoteRequest: { content: '<p>x</p>', lead_id: made.id } })).data
  const api = new v2.LeadsApi(now)
  const job = (await api.convertLeadToDeal({ id: made.id, ConvertLeadToDealRequest: {} })).data.conversion_id
  const done = await until(async () => {
    const status = (await api.getLeadConversionStatus({ id: made.id, conversion_id: job })).data
    return status.status === 'completed' && status
  })
  const deal = (await new v2.DealsApi(now).getDeal({ id: done.deal_id, include_fields: 'source_lead_id' })).data
  assert.equal(deal.source_lead_id, made.id)
  assert.equal((await new v2.ActivitiesApi(now).getActivity({ id: task.id })).data.deal_id, done.deal_id)
  assert.equal((await new v1.NotesApi(old).getNote({ id: note.id })).data.deal_id, done.deal_id)
})

test('subscribes to a webhook, is told of a change, and takes it away', async () => {
  const bodies = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', part => { text += part })
    request.on('end', () => {
      bodies.push({ body: JSON.parse(text), authorization: request.headers.authorization })
      response.end()
    })
  })
  await new Promise(done => server.listen(0, '127.0.0.1', done))
  const api = new v1.WebhooksApi(old)
  const url = `http://127.0.0.1:${server.address().port}/hook`
  const hook = (await api.addWebhook({
    AddWebhookRequest: { subscription_url: url, event_action: 'change', event_object: 'lead', name: 'test', version: '2.0', http_auth_user: 'me', http_auth_password: 'secret' },
  })).data
  assert.equal(hook.subscription_url, url)
  const made = await lead('Ida')
  await new v1.LeadsApi(old).updateLead({ id: made.id, UpdateLeadRequest: { title: 'Ida B' } })
  const told = await until(() => bodies.find(one => one.body.meta.entity_id === made.id))
  assert.deepEqual([told.body.data.title, told.body.previous.title, told.body.meta.change_source], ['Ida B', 'Ida', 'api'])
  assert.equal(told.authorization, 'Basic ' + Buffer.from('me:secret').toString('base64'))
  assert.equal((await api.getWebhooks()).data.length, 1)
  await api.deleteWebhook({ id: hook.id })
  assert.equal((await api.getWebhooks()).data.length, 0)
  server.close()
})
