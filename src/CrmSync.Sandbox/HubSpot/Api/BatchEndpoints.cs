using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>Up to a hundred records at a time.</summary>
internal static class BatchEndpoints
{
    public static ApiReply Read(ApiCall call)
    {
        var type = call.Type();
        var withHistory = HubSpotJson.List(call.Body["propertiesWithHistory"]);
        var asked = HubSpotJson.List(call.Body["properties"]);
        var properties = (asked.Count == 0 ? RecordJson.Defaults(type) : asked).Concat(withHistory).ToList();
        var idProperty = HubSpotJson.Text(call.Body["idProperty"]);
        var (answer, missing) = (new BatchAnswer(call), new List<string>());
        foreach (var id in BatchAnswer.Inputs(call, withHistory.Count > 0 ? 50 : BatchAnswer.MostInputs).Select(input => HubSpotJson.Text(input["id"]) ?? "").Distinct())
        {
            var record = Find(call.Portal.Table(type), id, idProperty);
            if (record is null || call.See(record) is not { } state || state.IsArchived != call.IsArchivedWanted)
            {
                missing.Add(id);
                continue;
            }

            var body = RecordJson.Write(call.Portal, record, state, properties);
            RecordJson.AddHistory(body, record, withHistory);
            answer.Add(body);
            if (type == ObjectType.Contact)
            {
                call.Reads.Add(record.IdText);
            }
        }

        answer.AddMissing(type, missing, []);
        return answer.ToReply(200);
    }

    /// <summary>With trace ids each input stands for itself; without them one bad input fails the whole request.</summary>
    public static ApiReply Create(ApiCall call)
    {
        var type = call.Type();
        var inputs = BatchAnswer.Inputs(call);
        var isPartial = inputs.Count > 0 && inputs.Select(BatchAnswer.TraceId).Where(trace => trace is not null).Distinct().Count() == inputs.Count;
        var answer = new BatchAnswer(call);
        if (!isPartial)
        {
            RefuseTwins(type, inputs);
            foreach (var input in inputs)
            {
                WriteGuard.ThrowIfInvalid(call.Portal, WriteGuard.CheckCreate(call.Portal, type, input));
            }
        }

        foreach (var input in inputs)
        {
            Try(answer, input, isPartial, () =>
            {
                var check = WriteGuard.CheckCreate(call.Portal, type, input);
                WriteGuard.ThrowIfInvalid(call.Portal, check);
                var ends = InlineAssociations.Read(call, type, input["associations"]);
                var record = RecordWriter.Create(call.Portal, type, check.Values, call.Write);
                InlineAssociations.Tie(call, record, ends);
                answer.Add(RecordJson.Write(call.Portal, record, record.State, check.Values.Keys), input);
            });
        }

        return answer.ToReply(201);
    }

    public static ApiReply Archive(ApiCall call)
    {
        var table = call.Portal.Table(call.Type());
        foreach (var input in BatchAnswer.Inputs(call))
        {
            if (Find(table, HubSpotJson.Text(input["id"]) ?? "", null) is { } record)
            {
                RecordEnding.Archive(call.Portal, record, call.Write);
            }
        }

        return ApiReply.NoContent;
    }

    public static HubSpotRecord? Find(ObjectTable table, string id, string? idProperty)
    {
        if (idProperty is not null and not "hs_object_id")
        {
            return table.FindUnique(idProperty, id);
        }

        return long.TryParse(id, out var number) ? table.Find(number) : null;
    }

    public static void Try(BatchAnswer answer, JsonObject input, bool isPartial, Action work)
    {
        try
        {
            work();
        }
        catch (HubSpotRefusal refusal) when (isPartial)
        {
            answer.AddFailure(refusal, BatchAnswer.TraceId(input));
        }
    }

    private static void RefuseTwins(ObjectType type, IEnumerable<JsonObject> inputs)
    {
        var emails = inputs.Select(input => HubSpotJson.Text(input["properties"]?["email"])?.ToLowerInvariant()).Where(email => email is not null).ToList();
        if (type == ObjectType.Contact && emails.Count != emails.Distinct().Count())
        {
            throw HubSpotRefusal.Validation("Duplicate email values are not allowed in one batch");
        }
    }
}
