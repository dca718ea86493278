using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Which deal field each hand-over field is in one account, and which option each of its values. A field is known by the key that a
/// setting names, by what set-up wrote into its description, or by its name; an option by its label in either language.
/// </summary>
internal sealed class PipedriveFieldBook
{
    private readonly Dictionary<string, PipedriveField> _byName = [];
    private readonly HashSet<string> _keys;

    /// <summary>The key that the stage field has, or had when it was last there.</summary>
    private readonly string? _stageKey;
    private readonly Dictionary<string, Dictionary<string, string>> _ids = [];
    private readonly Dictionary<string, Dictionary<string, string>> _values = [];

    /// <param name="former">
    /// What was known before: a field is the one of the same key, whatever it or another is called now, and an option that was
    /// relabelled since keeps its meaning as long as it has its id.
    /// </param>
    public PipedriveFieldBook(IReadOnlyList<PipedriveField> fields, PipedriveOptions options, PipedriveFieldBook? former = null)
    {
        Fields = fields;
        _keys = [.. fields.Select(f => f.FieldCode!)];
        foreach (var field in HandoverFields.Of(withReports: true))
        {
            var key = options.Fields.GetValueOrDefault(field.Name) ?? Living(former?.Of(field.Name)?.FieldCode);
            var found = key is null ? [.. fields.Where(f => PipedriveFieldNames.IsSigned(f, field.Name))] : WithKey(key);
            if (found.Count == 0 && key is null)
            {
                found = Named([field.Name, field.Danish, field.English]).FindAll(f => IsOurs(field, f));
                if (found.Count > 0)
                    ByName.Add(field.Name);
            }
            if (found.Count > 1)
                Doubles.Add(field.Name);
            else if (found.Count == 1)
                Take(field, found[0], former);
        }
        var stage = Living(former?._stageKey) is { } known ? WithKey(known) : Named(options.StageField is { } named ? [named] : PipedriveFieldNames.Stage);
        HasDoubleStage = stage.Count > 1;
        Stage = stage.Count == 1 ? stage[0] : null;
        _stageKey = Stage?.FieldCode ?? former?._stageKey;
    }

    /// <summary>All deal fields of the account; leads share them.</summary>
    public IReadOnlyList<PipedriveField> Fields { get; }

    /// <summary>Null where there is none, or more than one.</summary>
    public PipedriveField? Stage { get; }
    public bool HasDoubleStage { get; }

    /// <summary>Set-up makes the marker first: where it is not, a field that bears the name of one of ours is somebody else's.</summary>
    public bool IsSetUp => Of(HandoverFields.Marker) is not null;

    /// <summary>Hand-over fields that were found by their names alone.</summary>
    public List<string> ByName { get; } = [];

    /// <summary>Hand-over fields whose name several fields have.</summary>
    public List<string> Doubles { get; } = [];

    public PipedriveField? Of(string handoverField) => _byName.GetValueOrDefault(handoverField);

    /// <summary>The id of the option that a value is; null: the account has none.</summary>
    public string? IdOf(string handoverField, string value) => _ids.GetValueOrDefault(handoverField)?.GetValueOrDefault(value);

    /// <summary>The value that an option is; one of the account's own making is nobody's.</summary>
    public string? ValueOf(string handoverField, string id) => _values.GetValueOrDefault(handoverField)?.GetValueOrDefault(id);

    /// <summary>Values that have no option.</summary>
    public IReadOnlyList<HandoverOption> MissingOptions(HandoverField field) =>
        field.Type != HandoverFieldType.List ? [] : [.. field.Options.Where(o => IdOf(field.Name, o.Value) is null)];

    /// <summary>Whether the account had a field of this key.</summary>
    public bool Knows(string key) => _keys.Contains(key);

    /// <summary>The key of a deal field by its name or its key.</summary>
    public string? CodeOf(string name) => PipedriveFieldNames.CodeIn(Fields, name);

    /// <summary>A field that none of ours is, with all these options: one of ours, it seems, that was given another name.</summary>
    public PipedriveField? Renamed(IReadOnlyCollection<string> labels)
    {
        var known = _byName.Values.Append(Stage).Select(f => f?.FieldCode).ToHashSet();
        return Fields.FirstOrDefault(f => f.IsCustomField == true && !known.Contains(f.FieldCode) && labels.All(label => (f.Options ?? []).Exists(o => Is(o.Label, label))));
    }

    /// <summary>Whether it says the same of the stage and of every hand-over field.</summary>
    public bool IsLike(PipedriveFieldBook other) =>
        HasDoubleStage == other.HasDoubleStage && Doubles.SequenceEqual(other.Doubles) && Told().SequenceEqual(other.Told());

    private IEnumerable<(string?, string?, string?)> Told() => _byName.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value).Append(Stage)
        .SelectMany(f => (f?.Options ?? []).Select(o => (f?.FieldCode, o.Id, o.Label)).Prepend((f?.FieldCode, null, null)));

    private string? Living(string? key) => key is not null && Fields.Any(f => f.FieldCode == key) ? key : null;

    private List<PipedriveField> WithKey(string key) => [.. Fields.Where(f => f.FieldCode == key)];

    private List<PipedriveField> Named(IReadOnlyList<string> names) =>
        [.. Fields.Where(f => f is { IsCustomField: true, FieldCode: not null } && (names.Contains(f.FieldName, StringComparer.OrdinalIgnoreCase) || names.Contains(f.FieldCode)))];

    /// <summary>A company may have a field of its own called 'Interest' or 'Budget': to write into that would spoil it.</summary>
    private static bool IsOurs(HandoverField field, PipedriveField found) => Fits(field, found)
        && (field.Type != HandoverFieldType.List || (found.Options ?? []).Exists(c => field.Options.Any(o => Means(c, o))));

    /// <summary>Whether a field can hold what is written into it.</summary>
    public static bool Fits(HandoverField field, PipedriveField found) => found.FieldType is null || (field.Type switch
    {
        HandoverFieldType.List => found.FieldType == "enum",
        HandoverFieldType.Number => found.FieldType == "double",
        _ => found.FieldType is "varchar" or "varchar_auto" or "text",
    });

    private static bool Means(PipedriveChoice choice, HandoverOption option) => Is(choice.Label, option.Value) || Is(choice.Label, option.English) || Is(choice.Label, option.Danish);

    private void Take(HandoverField field, PipedriveField found, PipedriveFieldBook? former)
    {
        _byName[field.Name] = found;
        if (field.Type != HandoverFieldType.List)
            return;
        var (ids, values) = (_ids[field.Name] = [], _values[field.Name] = []);
        foreach (var choice in found.Options ?? [])
        {
            if (choice.Id is null)
                continue;
            var value = field.Options.FirstOrDefault(o => Means(choice, o))?.Value
                ?? (former?.Of(field.Name)?.FieldCode == found.FieldCode ? former?.ValueOf(field.Name, choice.Id) : null);
            if (value is null)
                continue;
            values[choice.Id] = value;
            ids.TryAdd(value, choice.Id);
        }
    }

    private static bool Is(string? label, string word) => string.Equals(label?.Trim(), word, StringComparison.OrdinalIgnoreCase);
}
