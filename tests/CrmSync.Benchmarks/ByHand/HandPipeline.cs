using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmSync.Benchmarks.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace CrmSync.Benchmarks.ByHand;

/// <summary>
/// The product's path from a webhook to a written stage as one would write it for one customer: no contracts, no rule file,
/// no faults foreseen, but the same steps and the same durability. One file on purpose, whatever its length: that is what
/// the product's layers are measured against.
/// </summary>
#pragma warning disable CA1001 // It lives as long as its process.
internal sealed class HandPipeline(string secret, string signedAs, Uri crm, string database)
{
    private const int Batch = 100;
    private readonly Store _store = new(database);
    private readonly HttpClient _http = new() { BaseAddress = crm };
    private readonly SemaphoreSlim _bell = new(0);
    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);
    private string _alike = "";
    private int _named;
    private readonly byte[] _signedBefore = Encoding.UTF8.GetBytes("POST" + signedAs);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var pipeline = new HandPipeline(
            arguments.Text("secret"), arguments.Text("signed-as"), new Uri(arguments.Text("crm")), Path.Combine(arguments.Text("data"), "hand.db"));
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, arguments.Number("port", 0)));
        await using var app = builder.Build();
        app.Run(pipeline.ReceiveAsync);
        await app.StartAsync();
        using var stop = new CancellationTokenSource();
        var loop = pipeline.LoopAsync(stop.Token);
        RoleHost.Say(new() { ["ready"] = true });
        await Task.WhenAny(RoleHost.UntilEndAsync(), loop);
        await stop.CancelAsync();
        await app.StopAsync();
        return loop.IsFaulted ? throw loop.Exception : 0;
    }

    // Intake: verify, store, answer.

    private async Task ReceiveAsync(HttpContext context)
    {
        var body = new byte[(int)context.Request.ContentLength!];
        await context.Request.Body.ReadExactlyAsync(body);
        if (!IsSigned(context.Request.Headers, body))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        var events = new List<(string Delivery, string Lead)>();
        using (var json = JsonDocument.Parse(body))
        {
            foreach (var e in json.RootElement.EnumerateArray())
                events.Add(($"{e.GetProperty("portalId")}|{e.GetProperty("subscriptionType")}|{e.GetProperty("objectId")}|{e.GetProperty("eventId")}|{e.GetProperty("occurredAt")}", e.GetProperty("objectId").ToString()));
        }
        await _store.WriteAsync(s => events.ForEach(e => s.InsertEvent.Run(e.Delivery, e.Lead, Now())));
        if (_bell.CurrentCount == 0)
            _bell.Release();
    }

    private bool IsSigned(IHeaderDictionary headers, byte[] body)
    {
        var timestamp = headers["X-HubSpot-Request-Timestamp"].ToString();
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - at) > 300_000)
            return false;
        byte[] message = [.. _signedBefore, .. body, .. Encoding.ASCII.GetBytes(timestamp)];
        var hash = HMACSHA256.HashData(_key, message);
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Convert.ToBase64String(hash)), Encoding.ASCII.GetBytes(headers["X-HubSpot-Signature-v3"].ToString()));
    }

    // The loop: read, judge, record, guard, write, verify, confirm.

    private async Task LoopAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await PassAsync() == 0)
                await _bell.WaitAsync(stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task<int> PassAsync()
    {
        var taken = await _store.WriteAsync(s => s.Take(Batch));
        if (taken.Count == 0)
            return 0;
        var leads = await ReadAsync([.. taken.Keys]);
        var now = DateTimeOffset.UtcNow;
        var judged = leads.ConvertAll(lead => Judge(lead, now));
        var offers = judged.Where(j => j.Offer).ToList();
        await _store.WriteAsync(s =>
        {
            foreach (var j in judged)
                s.Record(j, taken[j.Lead.Id], now);
        });
        var allowed = offers.Count == 0 ? [] : await GuardAsync(offers);
        if (allowed.Count > 0)
        {
            await WriteAsync(allowed);
            await VerifyAsync(allowed);
            await _store.WriteAsync(s => allowed.ForEach(s.Confirm));
            await TaskAsync(allowed);
            await _store.WriteAsync(s => allowed.ForEach(s.ConfirmTask));
        }
        return taken.Count;
    }

    // The CRM.

    private static readonly string[] ContactProperties =
    [
        "lifecyclestage", "crmsync_marker", "crmsync_decision", "crmsync_handover", "email", "phone", "jobtitle", "country", "hs_email_optout",
        "num_associated_deals", "num_conversion_events", "recent_conversion_date", "recent_conversion_event_name", "first_conversion_date",
        "first_conversion_event_name", "hs_analytics_num_page_views", "hs_analytics_last_timestamp", "hs_email_click", "hs_email_last_click_date",
        "hs_social_num_broadcast_clicks", "hs_social_last_engagement", "hs_buying_role", "bant_budget", "bant_authority", "bant_need", "bant_timeline",
        "webinar_last_attended", "firstname", "lastname",
    ];

    private async Task<List<Lead>> ReadAsync(string[] ids)
    {
        using var contacts = await PostAsync("crm/objects/2026-09/contacts/batch/read", w => Query(w, ids, ContactProperties));
        using var links = await PostAsync("crm/associations/2026-09/contacts/companies/batch/read", w => Query(w, ids, []));
        var companyOf = links.RootElement.GetProperty("results").EnumerateArray().ToDictionary(
            l => l.GetProperty("from").GetProperty("id").GetString()!, l => l.GetProperty("to")[0].GetProperty("toObjectId").ToString());
        using var companies = await PostAsync("crm/objects/2026-09/companies/batch/read",
            w => Query(w, [.. companyOf.Values.Distinct()], ["name", "domain", "industry", "numberofemployees", "country"]));
        var companyById = companies.RootElement.GetProperty("results").EnumerateArray().ToDictionary(c => c.GetProperty("id").GetString()!, c => c.GetProperty("properties"));
        return [.. contacts.RootElement.GetProperty("results").EnumerateArray().Select(c =>
        {
            var id = c.GetProperty("id").GetString()!;
            return Lead.Of(id, c.GetProperty("properties"), companyOf.TryGetValue(id, out var company) ? companyById[company] : default);
        })];
    }

    private async Task<List<Judged>> GuardAsync(List<Judged> offers)
    {
        using var answer = await PostAsync("crm/objects/2026-09/contacts/batch/read",
            w => Query(w, [.. offers.Select(o => o.Lead.Id)], ["lifecyclestage", "crmsync_marker", "crmsync_decision", "lastmodifieddate"]));
        var now = answer.RootElement.GetProperty("results").EnumerateArray().ToDictionary(c => c.GetProperty("id").GetString()!, c => c.GetProperty("properties"));
        return offers.FindAll(o => now.TryGetValue(o.Lead.Id, out var p)
            && Text(p, "lifecyclestage") == o.Lead.Stage && Text(p, "crmsync_marker") == o.Lead.Marker && Text(p, "crmsync_decision") == o.Lead.Answer);
    }

    private async Task WriteAsync(List<Judged> offers)
    {
        using var answer = await PostAsync("crm/objects/2026-09/contacts/batch/update", w =>
        {
            w.WriteStartArray("inputs");
            foreach (var o in offers)
            {
                w.WriteStartObject();
                w.WriteString("id", o.Lead.Id);
                w.WriteString("objectWriteTraceId", o.Transition);
                w.WriteStartObject("properties");
                foreach (var (name, value) in o.Fields)
                    w.WriteString(name, value);
                w.WriteEndObject();
                w.WriteEndObject();
            }
            w.WriteEndArray();
        });
        var staged = answer.RootElement.GetProperty("results").EnumerateArray().ToDictionary(c => c.GetProperty("id").GetString()!, c => Text(c.GetProperty("properties"), "lifecyclestage"));
        if (offers.Any(o => staged.GetValueOrDefault(o.Lead.Id) != "marketingqualifiedlead"))
            throw new InvalidOperationException("The CRM kept a stage.");
    }

    /// <summary>Did anybody set the stage between our guard and our write? Only its history tells.</summary>
    private async Task VerifyAsync(List<Judged> offers)
    {
        using var answer = await PostAsync("crm/objects/2026-09/contacts/batch/read", w =>
        {
            Query(w, [.. offers.Select(o => o.Lead.Id)], ["lifecyclestage", "crmsync_marker"]);
            w.WriteStartArray("propertiesWithHistory");
            w.WriteStringValue("lifecyclestage");
            w.WriteEndArray();
        });
        foreach (var contact in answer.RootElement.GetProperty("results").EnumerateArray())
        {
            var history = contact.GetProperty("propertiesWithHistory").GetProperty("lifecyclestage");
            if (history.GetArrayLength() > 1 && history[1].GetProperty("value").GetString() is not "lead")
                throw new InvalidOperationException("Somebody was between.");
        }
    }

    /// <summary>One task an offer, known by its key, and tied to the contact.</summary>
    private async Task TaskAsync(List<Judged> offers)
    {
        using var answer = await PostAsync("crm/objects/2026-09/tasks/batch/upsert", w =>
        {
            w.WriteStartArray("inputs");
            foreach (var o in offers)
            {
                w.WriteStartObject();
                w.WriteString("id", TaskKey(o));
                w.WriteString("idProperty", "crmsync_key");
                w.WriteString("objectWriteTraceId", TaskKey(o));
                w.WriteStartObject("properties");
                w.WriteString("crmsync_key", TaskKey(o));
                w.WriteString("hs_task_subject", $"ASKED FOR A DEMO: {o.Lead.Name}, {o.Lead.Company} (by {o.Fields["crmsync_due"]})");
                w.WriteString("hs_task_body", $"{o.Lead.Form} {o.Lead.FormAt:d MMM}. Fit {o.Fit}, interest {o.Interest}. Open the record, read \"Why this lead\", choose in \"Answer on lead\". The task closes itself once you have answered; closing it is not an answer.");
                w.WriteString("hs_task_status", "NOT_STARTED");
                w.WriteString("hs_task_priority", "MEDIUM");
                w.WriteString("hs_task_type", "TODO");
                w.WriteString("hs_timestamp", o.Fields["crmsync_due"]);
                w.WriteEndObject();
                w.WriteEndObject();
            }
            w.WriteEndArray();
        });
        var tasks = answer.RootElement.GetProperty("results").EnumerateArray().ToDictionary(
            t => t.GetProperty("properties").GetProperty("crmsync_key").GetString()!, t => t.GetProperty("id").GetString()!);
        using var tied = await PostAsync("crm/associations/2026-09/tasks/contacts/batch/associate/default", w =>
        {
            w.WriteStartArray("inputs");
            foreach (var o in offers)
            {
                w.WriteStartObject();
                w.WriteStartObject("from");
                w.WriteString("id", tasks[TaskKey(o)]);
                w.WriteEndObject();
                w.WriteStartObject("to");
                w.WriteString("id", o.Lead.Id);
                w.WriteEndObject();
                w.WriteEndObject();
            }
            w.WriteEndArray();
        });
    }

    private static string TaskKey(Judged j) => $"task/{j.Key}/1";

    private async Task<JsonDocument> PostAsync(string path, Action<Utf8JsonWriter> body)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            body(writer);
            writer.WriteEndObject();
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(buffer.GetBuffer(), 0, (int)buffer.Length) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Authorization = new("Bearer", "token");
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
    }

    private static void Query(Utf8JsonWriter w, string[] ids, string[] properties)
    {
        w.WriteStartArray("properties");
        foreach (var property in properties)
            w.WriteStringValue(property);
        w.WriteEndArray();
        w.WriteStartArray("inputs");
        foreach (var id in ids)
        {
            w.WriteStartObject();
            w.WriteString("id", id);
            w.WriteEndObject();
        }
        w.WriteEndArray();
    }

    // The facts.

    private sealed record Lead(
        string Id, string? Stage, string? Marker, string? Answer, string? Name, string? Email, string? Domain, string? Phone, string? Role, string? Country, string? Company,
        string? Industry, decimal? Employees, bool? OptedOut, int Deals, string? Form, DateTimeOffset? FormAt, int Forms, int PageViews, DateTimeOffset? PageAt,
        int Clicks, DateTimeOffset? ClickAt, int Social, DateTimeOffset? SocialAt, DateTimeOffset? WebinarAt, bool? Budget, bool? Authority, bool? Need, bool? Timeline)
    {
        public static Lead Of(string id, JsonElement p, JsonElement c) => new(
            id, Text(p, "lifecyclestage"), Text(p, "crmsync_marker"), Text(p, "crmsync_decision"), $"{Text(p, "firstname")} {Text(p, "lastname")}", Text(p, "email"),
            Text(p, "email") is { } mail ? mail[(mail.IndexOf('@', StringComparison.Ordinal) + 1)..].ToLowerInvariant() : null,
            Text(p, "phone"), Text(p, "jobtitle"), Countries.GetValueOrDefault(Text(c, "country") ?? Text(p, "country") ?? ""), Text(c, "name"),
            Industries.GetValueOrDefault(Text(c, "industry") ?? ""), decimal.TryParse(Text(c, "numberofemployees"), CultureInfo.InvariantCulture, out var n) ? n : null,
            Flag(p, "hs_email_optout"), Number(p, "num_associated_deals"), Text(p, "recent_conversion_event_name"), Instant(p, "recent_conversion_date"),
            Number(p, "num_conversion_events"), Number(p, "hs_analytics_num_page_views"), Instant(p, "hs_analytics_last_timestamp"),
            Number(p, "hs_email_click"), Instant(p, "hs_email_last_click_date"), Number(p, "hs_social_num_broadcast_clicks"), Instant(p, "hs_social_last_engagement"),
            Instant(p, "webinar_last_attended"), Flag(p, "bant_budget"), Flag(p, "bant_authority"), Flag(p, "bant_need"), Flag(p, "bant_timeline"));

        private static readonly Dictionary<string, string> Countries = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Denmark"] = "DK", ["Danmark"] = "DK", ["DK"] = "DK", ["Sweden"] = "SE", ["SE"] = "SE", ["Norway"] = "NO", ["NO"] = "NO", ["Finland"] = "FI",
            ["FI"] = "FI", ["Iceland"] = "IS", ["IS"] = "IS", ["Germany"] = "DE", ["DE"] = "DE",
        };

        private static readonly Dictionary<string, string> Industries = new(StringComparer.OrdinalIgnoreCase)
        {
            ["COMPUTER_SOFTWARE"] = "software", ["MACHINERY"] = "machinery", ["ELECTRICAL_ELECTRONIC_MANUFACTURING"] = "electronics", ["MINING_METALS"] = "metal", ["FOOD_PRODUCTION"] = "food",
        };

        private static int Number(JsonElement e, string name) => int.TryParse(Text(e, name), CultureInfo.InvariantCulture, out var n) ? n : 0;

        private static bool? Flag(JsonElement e, string name) => bool.TryParse(Text(e, name), out var flag) ? flag : null;

        private static DateTimeOffset? Instant(JsonElement e, string name) =>
            DateTimeOffset.TryParse(Text(e, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
    }

    // The rules: the same checks as the shipped set.

    private sealed record Finding(string Criterion, bool? Met, int Points, string? Value, DateTimeOffset? SeenAt);

    private sealed record Judged(Lead Lead, List<Finding> Findings, int Fit, int Interest, bool Offer, string Transition, string Key, string EvidenceHash, string Salt, string Facts, string FindingsJson, string Inputs)
    {
        public Dictionary<string, string> Fields { get; init; } = [];
    }

    private static readonly HashSet<string> Target = ["software", "machinery", "electronics", "metal", "food"];
    private static readonly string[] Leading = ["manager", "head", "director", "owner", "chief", "ceo", "cto", "cfo", "leder", "chef", "direktør", "ejer"];
    private static readonly string[] Learning = ["student", "studerende", "intern", "praktikant", "job seeker", "jobsøger"];
    private static readonly HashSet<string> Free = ["gmail.com", "hotmail.com", "outlook.com", "yahoo.com", "live.dk", "mail.dk", "icloud.com"];
    private static readonly HashSet<string> Competitors = ["competitor.example", "rival.example"];
    private static readonly string[] HandRaises = ["demo", "price", "pricing", "contact", "quote", "pris", "kontakt", "tilbud"];
    private static readonly string[] Content = ["guide", "whitepaper", "ebook", "download", "hent"];

    private Judged Judge(Lead lead, DateTimeOffset now)
    {
        bool? Recent(DateTimeOffset? at, int days, bool enough = true) => at is null ? false : at > now.AddDays(-days) && enough;
        int Faded(int points, DateTimeOffset? at) => at is { } seen ? (int)decimal.Round(points * HalfLife((now - seen).TotalDays)) : 0;
        bool FormIs(string[] words) => lead.Form is { } form && Array.Exists(words, w => form.Contains(w, StringComparison.OrdinalIgnoreCase));
        Finding Fits(string id, bool? met, int points, string? value) => new(id, met, met == true ? points : 0, value, null);
        Finding Acts(string id, bool? met, int points, DateTimeOffset? at, bool fades = true) => new(id, met, met == true ? fades ? Faded(points, at) : points : 0, null, at);

        var fit = new List<Finding>
        {
            Fits("industry", lead.Industry is null ? null : Target.Contains(lead.Industry), 25, lead.Industry),
            Fits("size", lead.Employees is null ? null : lead.Employees is >= 20 and <= 1000, 25, lead.Employees?.ToString(CultureInfo.InvariantCulture)),
            Fits("country", lead.Country is null ? null : true, 20, lead.Country),
            Fits("role", lead.Role is null ? null : Array.Exists(Leading, w => lead.Role.Contains(w, StringComparison.OrdinalIgnoreCase)), 30, lead.Role),
        };
        var handRaise = Acts("hand-raise", FormIs(HandRaises) ? Recent(lead.FormAt, 14) : false, 40, lead.FormAt, fades: false);
        var interest = new List<Finding>
        {
            handRaise,
            Acts("webinar", Recent(lead.WebinarAt, 60), 20, lead.WebinarAt),
            Acts("content", FormIs(Content) ? Recent(lead.FormAt, 60) : false, 15, lead.FormAt),
            Acts("visits", Recent(lead.PageAt, 30, lead.PageViews >= 3), 15, lead.PageAt),
            Acts("clicks", Recent(lead.ClickAt, 30, lead.Clicks >= 2), 10, lead.ClickAt),
            Acts("social", Recent(lead.SocialAt, 30, lead.Social > 0), 5, lead.SocialAt),
        };
        List<Finding> bant = [Fits("need", lead.Need, 0, null), Fits("timeline", lead.Timeline, 0, null), Fits("budget", lead.Budget, 0, null), Fits("authority", lead.Authority, 0, null)];
        List<Finding> blockers =
        [
            Fits("competitor", lead.Domain is null ? null : Competitors.Contains(lead.Domain), 0, lead.Domain),
            Fits("student", lead.Role is null ? null : Array.Exists(Learning, w => lead.Role.Contains(w, StringComparison.OrdinalIgnoreCase)), 0, null),
            Fits("customer", lead.Deals > 0, 0, null),
            Fits("opted-out", lead.OptedOut, 0, null),
            Fits("free-mail", lead.Domain is null ? null : Free.Contains(lead.Domain) && lead.Company is null, 0, null),
        ];
        var fitScore = fit.Sum(f => f.Points);
        var interestScore = Math.Min(100, interest.Sum(f => f.Points));
        var qualified = (fitScore >= 50 && interestScore >= 30) || handRaise.Met == true;
        var offer = qualified && lead.Stage is null or "lead" or "subscriber" && lead.Marker is null && !blockers.Exists(b => b.Met == true)
            && !bant.Exists(b => b.Met == false) && (lead.Phone ?? lead.Email) is not null;
        return Word(lead, [.. fit, .. interest, .. bant, .. blockers], fitScore, interestScore, offer && qualified, now);
    }

    private static decimal HalfLife(double days) => (decimal)Math.Pow(0.5, Math.Max(0, days) / 30);

    private Judged Word(Lead lead, List<Finding> findings, int fit, int interest, bool offer, DateTimeOffset now)
    {
        var (facts, found) = (JsonSerializer.Serialize(lead), JsonSerializer.Serialize(findings));
        var inputs = JsonSerializer.Serialize(new { at = now, state = "none", answer = lead.Answer });
        var (salt, transition, key) = (RandomNumberGenerator.GetHexString(32, true), Name(), Name());
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt + facts + found + inputs)));
        var judged = new Judged(lead, findings, fit, interest, offer, transition, key, hash, salt, facts, found, inputs);
        if (!offer)
            return judged;
        var due = now.AddHours(4);
        return judged with
        {
            Fields = new()
            {
                ["lifecyclestage"] = "marketingqualifiedlead", ["crmsync_marker"] = $"v1.abcdef.{key}.{transition}", ["crmsync_handover"] = "waiting",
                ["crmsync_decision"] = "", ["crmsync_decision_text"] = "", ["crmsync_due"] = Text(due),
                ["crmsync_fit"] = fit.ToString(CultureInfo.InvariantCulture), ["crmsync_interest"] = interest.ToString(CultureInfo.InvariantCulture), ["crmsync_why"] = Why(judged, due),
            },
        };
    }

    // As the product names things: a run of 1,000 begins alike, so that neither side's indexes are the more scattered ones.
    private string Name()
    {
        if (_named++ % 1_000 == 0)
            _alike = RandomNumberGenerator.GetHexString(5, true);
        return _alike + RandomNumberGenerator.GetHexString(11, true);
    }

    private static string Why(Judged j, DateTimeOffset due)
    {
        var text = new StringBuilder(800);
        text.Append(CultureInfo.InvariantCulture, $"NEW LEAD FOR YOU · answer by {due:dddd d MMM yyyy, HH:mm}\nWhy now: {j.Lead.Form} on {j.Lead.FormAt:d MMM}.\nFIT {j.Fit} of 100 (needs 50)\n");
        foreach (var f in j.Findings)
            text.Append(CultureInfo.InvariantCulture, $"{(f.Met switch { true => '+', false => '-', null => '?' })} {f.Criterion}: {f.Value ?? "not known"} {f.SeenAt:d MMM} ({f.Points})\n");
        text.Append(CultureInfo.InvariantCulture, $"INTEREST {j.Interest} of 100 (needs 30)\nHOW TO ANSWER: use the field \"Answer on lead\". Accept = I will follow up. Return = data is missing. Reject = choose the reason. One click is enough.");
        return text.ToString(0, Math.Min(text.Length, 1000));
    }

    private static string? Text(JsonElement e, string name) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Now() => Text(DateTimeOffset.UtcNow);

    // The store: one writer that commits what waits, synchronous=FULL.

    private sealed class Command
    {
        private readonly SqliteCommand _command;

        public Command(SqliteConnection connection, string sql, int parameters)
        {
            _command = connection.CreateCommand();
            _command.CommandText = sql;
            for (var i = 1; i <= parameters; i++)
                _command.Parameters.Add(new SqliteParameter($"${i}", null));
            _command.Prepare();
        }

        public SqliteDataReader Query(params object?[] values)
        {
            Bind(values);
            return _command.ExecuteReader();
        }

        public void Run(params object?[] values)
        {
            Bind(values);
            _command.ExecuteNonQuery();
        }

        private void Bind(object?[] values)
        {
            for (var i = 0; i < values.Length; i++)
                _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }

    private sealed class Store
    {
        private readonly SqliteConnection _connection;
        private readonly Lock _gate = new();
        private readonly SemaphoreSlim _work = new(0);
        private List<(Action Work, TaskCompletionSource Done)> _waiting = [];
        private readonly Command _begin, _commit, _take, _done, _lead, _state, _evidence, _judgement, _audit, _intent, _settle, _task, _taskDone;
        private long _sequence;
        private string _head = new('0', 64);

        public Store(string path)
        {
            _connection = new($"Data Source={path};Pooling=False");
            _connection.Open();
            using (var schema = _connection.CreateCommand())
            {
                schema.CommandText = """
                    PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
                    CREATE TABLE inbox(sequence INTEGER PRIMARY KEY, delivery TEXT NOT NULL UNIQUE, lead_id TEXT NOT NULL, received_at TEXT NOT NULL, done_at TEXT);
                    CREATE INDEX inbox_waiting ON inbox(lead_id) WHERE done_at IS NULL;
                    CREATE TABLE leads(lead_id TEXT PRIMARY KEY, lead_key TEXT NOT NULL, stage TEXT, marker TEXT);
                    CREATE TABLE evidence(evidence_hash TEXT PRIMARY KEY, lead_key TEXT NOT NULL, salt TEXT NOT NULL, facts TEXT NOT NULL, findings TEXT NOT NULL, inputs TEXT NOT NULL);
                    CREATE TABLE judgements(lead_key TEXT NOT NULL, judged_at TEXT NOT NULL, evidence_hash TEXT NOT NULL, verdict TEXT NOT NULL);
                    CREATE TABLE audit(sequence INTEGER PRIMARY KEY, kind TEXT, transition_id TEXT, lead_key TEXT, from_stage TEXT, to_stage TEXT, at TEXT, evidence_hash TEXT, previous_hash TEXT, hash TEXT);
                    CREATE TABLE tasks(key TEXT PRIMARY KEY, lead_id TEXT NOT NULL, state TEXT NOT NULL, created_at TEXT NOT NULL, settled_at TEXT);
                    CREATE TABLE intents(transition_id TEXT PRIMARY KEY, lead_id TEXT NOT NULL, state TEXT NOT NULL, created_at TEXT NOT NULL, settled_at TEXT, body TEXT NOT NULL);
                    """;
                schema.ExecuteNonQuery();
            }
            _begin = new(_connection, "BEGIN IMMEDIATE", 0);
            _commit = new(_connection, "COMMIT", 0);
            InsertEvent = new(_connection, "INSERT INTO inbox(delivery, lead_id, received_at) VALUES($1, $2, $3) ON CONFLICT(delivery) DO NOTHING", 3);
            _take = new(_connection, "SELECT lead_id, max(sequence) FROM inbox WHERE done_at IS NULL GROUP BY lead_id LIMIT $1", 1);
            _done = new(_connection, "UPDATE inbox SET done_at = $1 WHERE lead_id = $2 AND sequence <= $3 AND done_at IS NULL", 3);
            _lead = new(_connection, "INSERT INTO leads VALUES($1, $2, $3, $4) ON CONFLICT(lead_id) DO UPDATE SET stage = excluded.stage", 4);
            _state = new(_connection, "UPDATE leads SET stage = $1, marker = $2 WHERE lead_id = $3", 3);
            _evidence = new(_connection, "INSERT INTO evidence VALUES($1, $2, $3, $4, $5, $6)", 6);
            _judgement = new(_connection, "INSERT INTO judgements VALUES($1, $2, $3, $4)", 4);
            _audit = new(_connection, "INSERT INTO audit VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", 10);
            _intent = new(_connection, "INSERT INTO intents VALUES($1, $2, 'pending', $3, NULL, $4)", 4);
            _task = new(_connection, "INSERT INTO tasks VALUES($1, $2, 'pending', $3, NULL)", 3);
            _taskDone = new(_connection, "UPDATE tasks SET state = 'applied', settled_at = $1 WHERE key = $2", 2);
            _settle = new(_connection, "UPDATE intents SET state = 'applied', settled_at = $1 WHERE transition_id = $2", 2);
            new Thread(Work) { IsBackground = true }.Start();
        }

        public Command InsertEvent { get; }

        public Task WriteAsync(Action<Store> work)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                _waiting.Add((() => work(this), done));
                if (_waiting.Count == 1)
                    _work.Release();
            }
            return done.Task;
        }

        public async Task<T> WriteAsync<T>(Func<Store, T> work)
        {
            T result = default!;
            await WriteAsync(s => { result = work(s); });
            return result;
        }

        public Dictionary<string, long> Take(int count)
        {
            var taken = new Dictionary<string, long>();
            using var rows = _take.Query(count);
            while (rows.Read())
                taken[rows.GetString(0)] = rows.GetInt64(1);
            return taken;
        }

        public void Record(Judged j, long upTo, DateTimeOffset now)
        {
            var at = Text(now);
            _lead.Run(j.Lead.Id, j.Key, j.Lead.Stage, j.Lead.Marker);
            _evidence.Run(j.EvidenceHash, j.Key, j.Salt, j.Facts, j.FindingsJson, j.Inputs);
            _judgement.Run(j.Key, at, j.EvidenceHash, j.Offer ? "Offer" : "No");
            if (j.Offer)
            {
                Append("Decided", j, at);
                _intent.Run(j.Transition, j.Lead.Id, at, JsonSerializer.Serialize(j.Fields));
            }
            _done.Run(at, j.Lead.Id, upTo);
        }

        public void Confirm(Judged j)
        {
            var at = Now();
            Append("Applied", j, at);
            _settle.Run(at, j.Transition);
            _state.Run("marketingqualifiedlead", j.Fields["crmsync_marker"], j.Lead.Id);
            _task.Run(TaskKey(j), j.Lead.Id, at);
        }

        public void ConfirmTask(Judged j) => _taskDone.Run(Now(), TaskKey(j));

        private void Append(string kind, Judged j, string at)
        {
            var row = $"[\"{++_sequence}\",\"{kind}\",\"{j.Transition}\",\"{j.Key}\",\"1\",\"Lead\",\"MarketingQualified\",\"AwaitingDecision\",\"{at}\",\"crmsync\",\"rules\",\"{j.EvidenceHash}\"]";
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{_head}\n{row}")));
            _audit.Run(_sequence, kind, j.Transition, j.Key, "Lead", "MarketingQualified", at, j.EvidenceHash, _head, hash);
            _head = hash;
        }

        private void Work()
        {
            var group = new List<(Action Work, TaskCompletionSource Done)>();
            while (true)
            {
                _work.Wait();
                lock (_gate)
                    (group, _waiting) = (_waiting, group);
                _begin.Run();
                group.ForEach(unit => unit.Work());
                _commit.Run();
                group.ForEach(unit => unit.Done.SetResult());
                group.Clear();
            }
        }
    }
}
