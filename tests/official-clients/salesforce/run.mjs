// jsforce and a client of the Pub/Sub API against the sandbox: what they send must be understood, what they get must fit.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import jsforce from 'jsforce'
import PubSubApiClient from 'salesforce-pubsub-api-client'

const control = process.env.SANDBOX_CONTROL
assert.ok(control, 'SANDBOX_CONTROL must hold the url of the sandbox\'s control port')

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
let account
let conn

// A closed client leaves its calls open for as long as the server goes on with them; results are out by then.
after(() => { setTimeout(() => process.exit(), 1000) })

before(async () => {
  // Signed statements carry this machine's time.
  await call('/clock', { to: new Date().toISOString() })
  const reset = await call('/reset', { seed: 1, accounts: { salesforce: 1 } })
  account = reset.accounts.find(candidate => candidate.crm === 'salesforce')
  conn = await connect()
})

async function call(path, body, method = 'POST') {
  const answer = await fetch(control + path, { method, body: body && JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  assert.equal(answer.status, 200, await answer.clone().text())
  return answer.json()
}

async function connect(options = {}) {
  const oauth2 = { loginUrl: account.baseUrl, clientId: account.clientId, clientSecret: account.clientSecret }
  const connection = new jsforce.Connection({ oauth2, instanceUrl: account.baseUrl, version: '68.0', ...options })
  await connection.authorize({ grant_type: 'client_credentials' })
  return connection
}

async function lead(name, more = {}) {
  const made = await conn.sobject('Lead').create({ LastName: name, Company: 'Firm', ...more })
  assert.equal(made.success, true)
  return made.id
}

async function until(condition) {
  for (let tries = 0; tries < 200; tries++) {
    if (condition()) {
      return
    }
    await new Promise(done => setTimeout(done, 25))
  }
  assert.fail('waited in vain')
}

test('logs in and learns who it is', async () => {
  assert.equal(conn.instanceUrl, account.baseUrl)
  assert.equal(conn.userInfo.organizationId, account.accountId)
  const identity = await conn.request('/services/oauth2/userinfo')
  assert.equal(identity.preferred_username, account.username)
})

test('makes, reads, changes and deletes a lead', async () => {
  const id = await lead('Zoë', { NumberOfEmployees: 20, Title: 'CFO' })
  const read = await conn.sobject('Lead').retrieve(id)
  assert.equal(read.attributes.type, 'Lead')
  assert.equal(read.Status, 'Open - Not Contacted')
  assert.equal(read.NumberOfEmployees, 20)
  assert.match(read.CreatedDate, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/)
  await conn.sobject('Lead').update({ Id: id, Title: 'CEO' })
  assert.equal((await conn.sobject('Lead').retrieve(id)).Title, 'CEO')
  await conn.sobject('Lead').destroy(id)
  await assert.rejects(conn.sobject('Lead').retrieve(id), error => error.errorCode === 'ENTITY_IS_DELETED')
})

test('updates a collection and hears of each row', async () => {
  const [a, b] = [await lead('a'), await lead('b')]
  await conn.sobject('Lead').destroy(b)
  const results = await conn.sobject('Lead').update([{ Id: a, Title: 'Buyer' }, { Id: b, Title: 'Buyer' }], { allOrNone: false })
  assert.deepEqual(results.map(result => result.success), [true, false])
  assert.equal(results[1].errors[0].statusCode, 'ENTITY_IS_DELETED')
  const all = await conn.sobject('Lead').update([{ Id: a, Title: 'CEO' }, { Id: b, Title: 'CEO' }], { allOrNone: true })
    .catch(error => error)
  assert.match(JSON.stringify(all), /ALL_OR_NONE_OPERATION_ROLLED_BACK|ENTITY_IS_DELETED/)
  assert.equal((await conn.sobject('Lead').retrieve(a)).Title, 'Buyer')
})

test('pages through all rows of a query', async () => {
  await call('/generate', { crm: 'salesforce', count: 4500 })
  const first = await conn.query('SELECT Id, Owner.Name FROM Lead WHERE Email LIKE \'%.example\' ORDER BY Id')
  assert.equal(first.records.length, 2000)
  assert.equal(first.done, false)
  const all = await conn.query('SELECT Id FROM Lead WHERE Email LIKE \'%.example\'', { autoFetch: true, maxFetch: 10000 })
  assert.equal(new Set(all.records.map(record => record.Id)).size, 4500)
  const count = await conn.query('SELECT COUNT() FROM Lead WHERE Email LIKE \'%.example\'')
  assert.equal(count.totalSize, 4500)
})

test('finds by conditions that it builds itself', async () => {
  const id = await lead('O\'Hara \\ Søn', { Title: 'Owner' })
  const found = await conn.sobject('Lead').find({ LastName: { $like: 'O_Hara%' }, Title: 'Owner', CreatedDate: { $gte: jsforce.SfDate.YESTERDAY } }, ['Id', 'LastName']).sort({ CreatedDate: -1, LastName: 1 }).limit(5)
  assert.deepEqual(found.map(record => record.Id), [id])
  assert.equal(found[0].LastName, 'O\'Hara \\ Søn')
})

test('is told what is wrong with a query and with a row', async () => {
  await assert.rejects(conn.query('SELECT Nope FROM Lead'), error => error.errorCode === 'INVALID_FIELD' && /ERROR at Row:1:Column:8/.test(error.message))
  await assert.rejects(conn.query('SELECT Id FROM Lead WHERE'), error => error.errorCode === 'MALFORMED_QUERY')
  await assert.rejects(conn.sobject('Lead').create({ Company: 'x' }), error => error.errorCode === 'REQUIRED_FIELD_MISSING')
})

test('describes objects and reads limits', async () => {
  const described = await conn.describe('Lead')
  assert.ok(described.fields.find(field => field.name === 'Status').picklistValues.length === 4)
  assert.equal(described.fields.find(field => field.name === 'OwnerId').referenceTo.length, 2)
  const global = await conn.describeGlobal()
  assert.ok(global.sobjects.some(object => object.name === 'CampaignMember' && object.keyPrefix === '00v'))
  const limits = await conn.limits()
  assert.equal(limits.DailyApiRequests.Max, 100000)
  assert.ok(conn.limitInfo.apiUsage.used > 0)
})

test('gets a new session once when the old one has ended', async () => {
  let refreshed = 0
  const own = await connect({ refreshFn: undefined })
  const guarded = new jsforce.Connection({
    instanceUrl: account.baseUrl,
    accessToken: own.accessToken,
    version: '68.0',
    refreshFn: async (_, done) => { refreshed++; done(null, (await connect()).accessToken) }
  })
  await call('/faults', { crm: 'salesforce', match: { path: '/query' }, fault: 'revoke', take: 1 })
  const result = await guarded.query('SELECT COUNT() FROM User')
  assert.ok(result.totalSize > 3)
  assert.equal(refreshed, 1)
})

test('makes a field, grants it and upserts by it', async () => {
  const made = await conn.tooling.sobject('CustomField').create({
    FullName: 'Lead.Import_Key__c', Metadata: { label: 'Import Key', type: 'Text', length: 40, externalId: true, unique: true }
  })
  assert.equal(made.success, true)
  await assert.rejects(conn.query('SELECT Import_Key__c FROM Lead'), error => error.errorCode === 'INVALID_FIELD')
  const set = await conn.sobject('PermissionSet').create({ Name: 'Import', Label: 'Import' })
  await conn.sobject('FieldPermissions').create({ ParentId: set.id, SobjectType: 'Lead', Field: 'Lead.Import_Key__c', PermissionsRead: true, PermissionsEdit: true })
  await conn.sobject('PermissionSetAssignment').create({ PermissionSetId: set.id, AssigneeId: conn.userInfo.id })
  const first = await conn.sobject('Lead').upsert({ Import_Key__c: 'k1', LastName: 'K', Company: 'Firm' }, 'Import_Key__c')
  const second = await conn.sobject('Lead').upsert([{ Import_Key__c: 'k1', Title: 'CEO' }], 'Import_Key__c')
  assert.equal(first.created, true)
  assert.equal(second[0].created, false)
  assert.equal((await conn.sobject('Lead').retrieve(first.id)).Title, 'CEO')
  const found = await conn.tooling.query('SELECT Id, FullName FROM CustomField WHERE DeveloperName = \'Import_Key\'')
  assert.equal(found.records[0].FullName, 'Lead.Import_Key__c')
})

test('makes a list view through the metadata service', async () => {
  const view = { fullName: 'Lead.Client_View', label: 'Client view', filterScope: 'Everything', columns: ['FULL_NAME', 'Lifecycle_Stage__c'], filters: [{ field: 'Lifecycle_Stage__c', operation: 'equals', value: 'MQL' }] }
  const made = await conn.metadata.upsert('ListView', view)
  assert.equal([made].flat()[0].success, true)
  const views = await conn.request(`/services/data/v68.0/sobjects/Lead/listviews`)
  assert.ok(views.listviews.some(one => one.developerName === 'Client_View'))
})

test('converts a lead, after which it is frozen', async () => {
  const id = await lead('converted', { Email: 'converted@firm.example' })
  const result = await conn.soap.convertLead({ leadId: id, convertedStatus: 'Closed - Converted', doNotCreateOpportunity: false, overwriteLeadSource: false, sendNotificationEmail: false })
  assert.equal(String(result.success), 'true')
  const contact = await conn.sobject('Contact').retrieve(result.contactId)
  assert.equal(contact.Email, 'converted@firm.example')
  await assert.rejects(conn.sobject('Lead').update({ Id: id, Title: 'x' }), error => error.errorCode === 'CANNOT_UPDATE_CONVERTED_LEAD')
})

test('lists what was changed and what was deleted', async () => {
  const [kept, gone] = [await lead('kept'), await lead('gone')]
  await conn.sobject('Lead').destroy(gone)
  const [start, end] = [new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)]
  const updated = await conn.sobject('Lead').updated(start, end)
  const deleted = await conn.sobject('Lead').deleted(start, end)
  assert.ok(updated.ids.includes(kept) && !updated.ids.includes(gone))
  assert.ok(deleted.deletedRecords.some(record => record.id === gone))
})

async function stream(options = {}) {
  const client = new PubSubApiClient({
    authType: 'oauth-client-credentials',
    loginUrl: account.baseUrl,
    clientId: account.clientId,
    clientSecret: account.clientSecret,
    pubSubEndpoint: new URL(account.streamUrl).host,
    rejectUnauthorizedSsl: false,
    ...options
  }, quiet)
  await client.connect()
  return client
}

function collector() {
  const seen = { events: [], errors: [], keepalives: 0, latest: undefined }
  seen.callback = (subscription, type, data) => {
    if (type === 'event') seen.events.push(data)
    if (type === 'error') seen.errors.push(data)
    if (type === 'grpcKeepalive') seen.keepalives++
  }
  return seen
}

test('reads changes from the stream, with the names of the fields', async () => {
  const id = await lead('streamed')
  const client = await stream()
  const seen = collector()
  await client.subscribe('/data/LeadChangeEvent', seen.callback)
  await new Promise(done => setTimeout(done, 300))
  await conn.sobject('Lead').update({ Id: id, Title: 'CEO', FirstName: 'Maja', Phone: null })
  await until(() => seen.events.length > 0)
  const { payload } = seen.events[0]
  assert.deepEqual(payload.ChangeEventHeader.recordIds, [id])
  assert.equal(payload.ChangeEventHeader.changeType, 'UPDATE')
  assert.match(payload.ChangeEventHeader.changeOrigin, /^com\/salesforce\/api\/rest\/68\.0/)
  assert.equal(payload.Title, 'CEO')
  assert.equal(payload.Company, null)
  const changed = payload.ChangeEventHeader.changedFields
  assert.ok(changed.includes('Title') && changed.includes('LastModifiedDate'), JSON.stringify(changed))
  assert.ok(changed.some(name => name.includes('FirstName')), JSON.stringify(changed))
  client.close()
})

test('goes on where it stopped, signed in by a statement', async () => {
  const { privateKey } = await (await fetch(`${control}/key/salesforce`)).json()
  const client = await stream({ authType: 'oauth-jwt-bearer', username: account.username, privateKey })
  const first = collector()
  await client.subscribeFromEarliestEvent('/data/LeadChangeEvent', first.callback, 3)
  await until(() => first.events.length === 3)
  client.close()
  const again = await stream()
  const second = collector()
  await again.subscribeFromReplayId('/data/LeadChangeEvent', second.callback, 2, first.events[0].replayId)
  await until(() => second.events.length === 2)
  assert.deepEqual(second.events.map(event => event.replayId), first.events.slice(1).map(event => event.replayId))
  again.close()
})

test('is refused a place in the stream that is too long ago', async () => {
  const client = await stream()
  const seen = collector()
  await client.subscribeFromReplayId('/data/LeadChangeEvent', seen.callback, 1, 1)
  await until(() => seen.errors.length > 0)
  assert.match(JSON.stringify(seen.errors[0].metadata ?? seen.errors[0]), /replayid\.corrupted/)
  client.close()
})
