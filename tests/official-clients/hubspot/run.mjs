// HubSpot's own client against the sandbox: what it sends must be understood, what it gets must fit its models.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { before, test } from 'node:test'
import { Client, Signature } from '@hubspot/api-client'

const control = process.env.SANDBOX_CONTROL
assert.ok(control, 'SANDBOX_CONTROL must hold the url of the sandbox\'s control port')

let account
let hubspot

before(async () => {
  const reset = await call('/reset', { seed: 1, accounts: { hubspot: 1 } })
  account = reset.accounts.find(candidate => candidate.crm === 'hubspot')
  hubspot = new Client({ accessToken: account.token, basePath: account.baseUrl })
})

async function call(path, body) {
  const answer = await fetch(control + path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  assert.equal(answer.status, 200, await answer.clone().text())
  return answer.json()
}

async function contact(email, properties = {}) {
  return hubspot.crm.contacts.basicApi.create({ properties: { email, ...properties }, associations: [] })
}

test('creates, reads, changes and archives a contact', async () => {
  const created = await contact('created@firm.example', { firstname: 'Zoë', jobtitle: 'CFO' })
  assert.ok(created.createdAt instanceof Date)
  assert.equal(created.properties.lifecyclestage, 'lead')

  const read = await hubspot.crm.contacts.basicApi.getById(created.id, ['firstname', 'phone'], ['jobtitle'])
  assert.equal(read.properties.firstname, 'Zoë')
  assert.equal(read.properties.phone, null)
  assert.equal(read.propertiesWithHistory.jobtitle[0].value, 'CFO')
  assert.ok(read.propertiesWithHistory.jobtitle[0].timestamp instanceof Date)

  const changed = await hubspot.crm.contacts.basicApi.update(created.id, { properties: { jobtitle: 'CEO' } })
  assert.equal(changed.properties.jobtitle, 'CEO')

  await hubspot.crm.contacts.basicApi.archive(created.id)
  await assert.rejects(hubspot.crm.contacts.basicApi.getById(created.id), error => error.code === 404)
})

test('is told of a conflict and of a bad value', async () => {
  const first = await contact('twice@firm.example')
  await assert.rejects(contact('twice@firm.example'), error => error.code === 409 && error.body.message === `Contact already exists. Existing ID: ${first.id}`)
  await assert.rejects(
    hubspot.crm.contacts.basicApi.update(first.id, { properties: { nosuch: '1' } }),
    error => error.code === 400 && error.body.errors[0].code === 'PROPERTY_DOESNT_EXIST')
})

test('pages through all contacts', async () => {
  for (const number of [1, 2, 3]) {
    await contact(`page${number}@firm.example`)
  }

  const all = await hubspot.crm.contacts.getAll(2, undefined, ['email'])
  assert.ok(all.length >= 3)
  assert.equal(new Set(all.map(one => one.id)).size, all.length)
})

test('searches once the index has caught up', async () => {
  const created = await contact('sought@firm.example')
  const search = () => hubspot.crm.contacts.searchApi.doSearch({
    filterGroups: [{ filters: [{ propertyName: 'email', operator: 'EQ', value: 'sought@firm.example' }] }],
    sorts: ['-createdate'],
    properties: ['email'],
    limit: 10,
    after: '0'
  })
  await call('/clock', { advance: 31 })
  const found = await search()
  assert.equal(found.total, 1)
  assert.equal(found.results[0].id, created.id)
})

test('updates in a batch and learns which ids were missing', async () => {
  const [a, b] = [await contact('batch.a@firm.example'), await contact('batch.b@firm.example')]
  const inputs = [a, b].map(one => ({ id: one.id, properties: { jobtitle: 'Buyer' } }))
  const whole = await hubspot.crm.contacts.batchApi.update({ inputs })
  assert.equal(whole.status, 'COMPLETE')
  assert.deepEqual(whole.results.map(result => result.id).sort(), [a.id, b.id].sort())

  const part = await hubspot.crm.contacts.batchApi.update({ inputs: [...inputs, { id: '999', properties: { jobtitle: 'Buyer' } }] })
  assert.equal(part.numErrors, 1)
  assert.deepEqual(part.errors[0].context.ids, ['999'])
})

test('creates and reads in a batch', async () => {
  const created = await hubspot.crm.contacts.batchApi.create({
    inputs: ['x', 'y'].map(name => ({ properties: { email: `${name}@batch.example` }, associations: [], objectWriteTraceId: name }))
  })
  assert.equal(created.results.length, 2)
  const read = await hubspot.crm.contacts.batchApi.read({ inputs: created.results.map(one => ({ id: one.id })), properties: ['email'], propertiesWithHistory: [] })
  assert.equal(read.results.length, 2)
  const upserted = await hubspot.crm.contacts.batchApi.upsert({ inputs: [{ id: 'x@batch.example', idProperty: 'email', properties: { firstname: 'X' } }] })
  assert.equal(upserted.results[0]._new, false)
})

test('ties records together in both generations of the associations API', async () => {
  const person = await contact('tied@firm.example')
  const company = await hubspot.crm.companies.basicApi.create({ properties: { name: 'Firm', industry: 'MACHINERY' }, associations: [] })
  await hubspot.crm.associations.v4.basicApi.createDefault('contacts', person.id, 'companies', company.id)
  const page = await hubspot.crm.associations.v4.basicApi.getPage('contacts', person.id, 'companies')
  assert.equal(String(page.results[0].toObjectId), company.id)
  assert.deepEqual(page.results[0].associationTypes.map(type => type.typeId).sort((a, b) => a - b), [1, 279])

  const batch = await hubspot.crm.associations.v4.batchApi.getPage('contacts', 'companies', { inputs: [{ id: person.id }] })
  assert.equal(String(batch.results[0].to[0].toObjectId), company.id)
  const old = await hubspot.crm.associations.batchApi.read('contacts', 'companies', { inputs: [{ id: person.id }] })
  assert.equal(old.results[0].to[0].id, company.id)

  const inline = await hubspot.crm.contacts.basicApi.getById(person.id, undefined, undefined, ['companies'])
  assert.equal(inline.associations.companies.results[0].id, company.id)
})

test('hangs a note and a task on a contact', async () => {
  const person = await contact('noted@firm.example')
  const association = typeId => [{ to: { id: person.id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: typeId }] }]
  const note = await hubspot.crm.objects.notes.basicApi.create({ properties: { hs_timestamp: '2026-01-05T07:00:00Z', hs_note_body: 'Hello' }, associations: association(202) })
  const task = await hubspot.crm.objects.tasks.basicApi.create({
    properties: { hs_timestamp: '2026-01-06T07:00:00Z', hs_task_subject: 'Answer lead', hs_task_status: 'NOT_STARTED' }, associations: association(204)
  })
  const read = await hubspot.crm.contacts.basicApi.getById(person.id, undefined, undefined, ['notes', 'tasks'])
  assert.equal(read.associations.notes.results[0].id, note.id)
  assert.equal(read.associations.tasks.results[0].id, task.id)
})

test('makes a group and a property, reads stages, pipelines and owners', async () => {
  await hubspot.crm.properties.groupsApi.create('contacts', { name: 'crmsync', label: 'CrmSync', displayOrder: -1 })
  const made = await hubspot.crm.properties.coreApi.create('contacts', {
    name: 'crmsync_decision', label: 'Answer on lead', groupName: 'crmsync', type: 'enumeration', fieldType: 'select',
    options: [{ label: 'Accept', value: 'accept', hidden: false, displayOrder: 0 }]
  })
  assert.equal(made.options[0].value, 'accept')
  await assert.rejects(hubspot.crm.properties.coreApi.getByName('contacts', 'nosuch'), error => error.code === 404)

  const stages = await hubspot.crm.properties.coreApi.getByName('contacts', 'lifecyclestage')
  assert.ok(stages.options.some(option => option.label === 'Sales Accepted Lead' && /^\d+$/.test(option.value)))
  const pipelines = await hubspot.crm.pipelines.pipelinesApi.getAll('deals')
  assert.equal(pipelines.results[0].id, 'default')
  const owners = await hubspot.crm.owners.ownersApi.getPage()
  assert.ok(owners.results.every(owner => owner.id !== String(owner.userId)))
})

test('makes a list, finds it by name and reads its members', async () => {
  const [chief, other] = [await contact('chief@firm.example', { jobtitle: 'Chief of lists' }), await contact('other@firm.example')]
  const known = { filterType: 'PROPERTY', property: 'jobtitle', operation: { operationType: 'ALL_PROPERTY', operator: 'IS_KNOWN', includeObjectsWithNoValueSet: false } }
  const recent = {
    filterType: 'PROPERTY',
    property: 'createdate',
    operation: {
      operationType: 'TIME_RANGED', operator: 'IS_BETWEEN', includeObjectsWithNoValueSet: false, type: 'TIME_RANGED', propertyParser: 'VALUE',
      lowerBoundEndpointBehavior: 'INCLUSIVE', upperBoundEndpointBehavior: 'INCLUSIVE',
      lowerBoundTimePoint: { timeType: 'INDEXED', timezoneSource: 'CUSTOM', zoneId: 'Europe/Copenhagen', indexReference: { referenceType: 'TODAY' }, offset: { days: -1 } },
      upperBoundTimePoint: { timeType: 'INDEXED', timezoneSource: 'CUSTOM', zoneId: 'Europe/Copenhagen', indexReference: { referenceType: 'NOW' } }
    }
  }
  const request = {
    name: 'New chiefs', objectTypeId: '0-1', processingType: 'DYNAMIC',
    filterBranch: {
      filterBranchType: 'OR', filterBranchOperator: 'OR', filters: [],
      filterBranches: [{ filterBranchType: 'AND', filterBranchOperator: 'AND', filters: [known, recent], filterBranches: [] }]
    }
  }

  const { list } = await hubspot.crm.lists.listsApi.create(request)
  assert.ok(list.createdAt instanceof Date)
  await assert.rejects(hubspot.crm.lists.listsApi.create(request), error => error.code === 400 && error.body.subCategory === 'ILS.DUPLICATE_LIST_NAMES')

  const found = await hubspot.crm.lists.listsApi.getByName('New chiefs', '0-1', true)
  assert.equal(found.list.listId, list.listId)
  const [, second] = found.list.filterBranch.filterBranches[0].filters
  assert.equal(second.operation.lowerBoundTimePoint.offset.days, -1)
  await assert.rejects(hubspot.crm.lists.listsApi.getByName('No such list', '0-1'), error => error.code === 404)
  const search = await hubspot.crm.lists.listsApi.doSearch({ query: 'chiefs' })
  assert.deepEqual(search.lists.map(one => one.name), ['New chiefs'])

  const members = await hubspot.crm.lists.membershipsApi.getPage(list.listId)
  const ids = members.results.map(member => member.recordId)
  assert.ok(ids.includes(chief.id) && !ids.includes(other.id))
  assert.ok(members.results.every(member => member.membershipTimestamp instanceof Date))
  await hubspot.crm.lists.listsApi.remove(list.listId)
  await assert.rejects(hubspot.crm.lists.listsApi.getById(list.listId), error => error.code === 404)
})

test('refreshes a token and calls with it', async () => {
  const grant = await hubspot.oauth.tokensApi.create('refresh_token', undefined, undefined, account.clientId, account.clientSecret, account.refreshToken)
  assert.equal(grant.expiresIn, 1800)
  const renewed = new Client({ accessToken: grant.accessToken, basePath: account.baseUrl })
  assert.ok((await renewed.crm.owners.ownersApi.getPage()).results.length > 0)
})

test('merges two contacts', async () => {
  const [winner, loser] = [await contact('winner@firm.example'), await contact('loser@firm.example', { jobtitle: 'CTO' })]
  const merged = await hubspot.crm.contacts.publicObjectApi?.merge?.({ primaryObjectId: winner.id, objectIdToMerge: loser.id })
    ?? await hubspot.crm.contacts.basicApi.merge({ primaryObjectId: winner.id, objectIdToMerge: loser.id })
  assert.equal(merged.id, winner.id)
  assert.equal((await hubspot.crm.contacts.basicApi.getById(loser.id, ['jobtitle'])).properties.jobtitle, 'CTO')
})

test('trusts a webhook that the sandbox sent', async () => {
  const { url, delivery, close } = await receiver()
  try {
    await call('/subscriptions', { crm: 'hubspot', accountId: account.accountId, url, events: ['contact.propertyChange:lifecyclestage'] })
    await call('/leads', { crms: ['hubspot'], leads: [{ key: 'hooked', email: 'hooked@firm.example', name: 'Zoë Holm', stage: 'Lead' }] })
    const { headers, body } = await delivery
    const signed = {
      clientSecret: account.webhookSecret, requestBody: body, url, method: 'POST',
      signature: headers['x-hubspot-signature-v3'], signatureVersion: 'v3', timestamp: Number(headers['x-hubspot-request-timestamp'])
    }
    assert.equal(Signature.isValid(signed), true)
    assert.equal(Signature.isValid({ ...signed, requestBody: body + ' ' }), false)
    assert.equal(Signature.isValid({ clientSecret: account.webhookSecret, requestBody: body, signature: headers['x-hubspot-signature'] }), true)
    const [event] = JSON.parse(body)
    assert.equal(event.propertyName, 'lifecyclestage')
    assert.equal(String(event.portalId), account.accountId)
  } finally {
    close()
  }
})

test('knows the two faces of a rate limit', async () => {
  const search = () => hubspot.crm.contacts.searchApi.doSearch({ filterGroups: [], sorts: [], properties: [], limit: 1, after: '0' })
  const outcomes = await Promise.allSettled(Array.from({ length: 12 }, search))
  const refused = outcomes.filter(outcome => outcome.status === 'rejected')
  assert.ok(refused.length > 0)
  assert.ok(refused.every(outcome => outcome.reason.code === 429 && outcome.reason.body.message === 'You have reached your secondly limit.'))
})

async function receiver() {
  let settle
  const delivery = new Promise(resolve => { settle = resolve })
  const server = createServer(async (request, response) => {
    const chunks = []
    for await (const chunk of request) {
      chunks.push(chunk)
    }

    response.end()
    settle({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${server.address().port}/webhooks/main`, delivery, close: () => server.close() }
}
