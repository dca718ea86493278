using System.Text.Json;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// What an event of a lead's change says of the moment before it. Leads have no history, so what an event calls the previous value is
/// the only witness of an edit that a write of ours took the place of, and there is nothing to check it by. It is believed for this
/// alone, and for these reasons: the call bore password and path; it shows a marker that only who reads the account can know, and that
/// our store must know as its own; and nothing comes of it before our own reading shows that the lead still stands as we left it. Of a
/// deal the change log is asked instead.
/// </summary>
internal static class PipedriveTold
{
    private static readonly string[] OfPeople = [HandoverFields.Decision, HandoverFields.DecisionText, HandoverFields.Request];

    /// <summary>The write of ours that the event is of; null: it is somebody else's, whose name is kept for the next one.</summary>
    public static ToldWrite? Read(JsonElement root, bool isByHand, string? user, string lead, PipedriveFieldBook book, PipedriveEdits edits)
    {
        if (Part(root, "data") is not { } after || Part(root, "previous") is not { } before || book.Of(HandoverFields.Marker)?.FieldCode is not { } marker)
            return null;
        // Each write of ours brings a marker of its own; nobody else brings any. What is listed as it was before is no change.
        if (after[marker] is { } ours && IsTold(before, marker) && before[marker] != ours)
            return Of(lead, ours, after, before, book, edits);
        if (isByHand && user?.All(char.IsAsciiDigit) == true)
            edits.Add(lead, Codes(book).Where(code => IsTold(before, code) && before[code] != after[code]).Select(code => new PipedriveEdit(code, after[code], PipedriveStreams.Instant(after["update_time"]), user)));
        return null;
    }

    private static ToldWrite Of(string lead, string marker, PipedriveRecord after, PipedriveRecord before, PipedriveFieldBook book, PipedriveEdits edits)
    {
        var since = PipedriveStreams.Instant(before["update_time"]);
        ToldValue Before(string? code, Func<PipedriveRecord, string?> value)
        {
            if (code is null)
                return default;
            var told = IsTold(before, code) ? before : after;
            var edit = edits.Of(lead, code, told[code]);
            return new(value(told), edit?.At ?? since, edit?.UserId);
        }
        ToldValue BeforeOf(string field) => Before(book.Of(field)?.FieldCode, record => PipedriveMapper.ValueOf(PipedriveWriteFields.Of(field), record, book));
        return new(lead, marker)
        {
            Stage = Before(book.Stage?.FieldCode, record => record[book.Stage!.FieldCode!]),
            Answer = BeforeOf(HandoverFields.Decision),
            Comment = BeforeOf(HandoverFields.DecisionText),
            Request = BeforeOf(HandoverFields.Request),
        };
    }

    private static IEnumerable<string> Codes(PipedriveFieldBook book) => OfPeople.Select(field => book.Of(field)?.FieldCode).Append(book.Stage?.FieldCode).OfType<string>();

    /// <summary>What was no part of the change is missing; what was empty before it is there, as null. Values of the customer's fields tell their type.</summary>
    private static bool IsTold(PipedriveRecord before, string code) => before.Has(code) || before.Has($"{code}.type") || before.Has($"{code}.id") || before.Has($"{code}.value");

    private static PipedriveRecord? Part(JsonElement root, string name) =>
        root.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object ? part.Deserialize<PipedriveRecord>(PipedriveJson.Options) : null;
}
