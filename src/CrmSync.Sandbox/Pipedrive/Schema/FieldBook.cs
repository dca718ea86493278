using System.Globalization;
using CrmSync.Sandbox.Engine;

namespace CrmSync.Sandbox.Pipedrive.Schema;

/// <summary>All fields of one account. Codes and option ids are drawn per account, as Pipedrive draws them.</summary>
internal sealed class FieldBook(int seed, long companyId)
{
    private readonly IReadOnlyDictionary<string, IReadOnlyList<FieldDefinition>> builtIn = EntityFile.Read();
    private readonly Dictionary<string, List<FieldDefinition>> custom = new(StringComparer.Ordinal)
    {
        ["deal"] = [],
        ["person"] = [],
        ["organization"] = [],
    };

    private readonly Dictionary<string, IReadOnlyList<FieldOption>> builtInOptions = new(StringComparer.Ordinal);
    private long lastOption = 100;
    private int made;

    public IReadOnlyList<FieldDefinition> BuiltIn(EntityKind kind) => builtIn[kind.Name];

    /// <summary>The customer's own fields of these records, in the order in which they were made.</summary>
    public IReadOnlyList<FieldDefinition> Custom(EntityKind kind) => custom.TryGetValue(kind.FieldsOf, out var fields) ? fields : [];

    public IEnumerable<FieldDefinition> All(EntityKind kind) => BuiltIn(kind).Select(With).Concat(Custom(kind));

    public FieldDefinition? Find(EntityKind kind, string code) => FindCustom(kind, code) ?? BuiltIn(kind).Where(field => field.Code == code).Select(With).FirstOrDefault();

    public FieldDefinition? FindCustom(EntityKind kind, string code)
    {
        foreach (var field in Custom(kind))
        {
            if (field.Code == code)
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>Makes a field with a new code.</summary>
    public FieldDefinition Add(EntityKind kind, string name, string type, IReadOnlyList<string> options, string? description, DateTimeOffset now)
    {
        var number = (++made).ToString(CultureInfo.InvariantCulture);
        var hash = KeyedRandom.Uuid(seed, $"field/{companyId}/{number}").ToString("N") + KeyedRandom.Uuid(seed, $"field/{companyId}/{number}/more").ToString("N")[..8];
        var field = new FieldDefinition
        {
            Code = hash,
            Name = name,
            Kind = type,
            IsCustom = true,
            Description = description,
            Options = [.. options.Select(label => NewOption(label, now))],
            IsCreatable = true,
            IsUpdatable = true,
            IsNullable = true,
            AddTime = now,
        };
        custom[kind.FieldsOf].Add(field);
        return field;
    }

    /// <summary>Puts a changed definition in the place of the one with its code.</summary>
    public void Replace(EntityKind kind, FieldDefinition field)
    {
        var fields = custom[kind.FieldsOf];
        fields[fields.FindIndex(known => known.Code == field.Code)] = field;
    }

    public void Remove(EntityKind kind, string code) => custom[kind.FieldsOf].RemoveAll(field => field.Code == code);

    public FieldOption NewOption(string label, DateTimeOffset now) => new(++lastOption, label, now);

    /// <summary>The option of one of Pipedrive's own lists, made when it is not there.</summary>
    public long OptionOf(EntityKind kind, string code, string label, DateTimeOffset now)
    {
        var key = $"{kind.Name}/{code}";
        var options = builtInOptions.GetValueOrDefault(key) ?? [];
        if (options.FirstOrDefault(option => option.Label.Equals(label, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return known.Id;
        }

        var option = new FieldOption(options.Count + 1, label, now);
        builtInOptions[key] = [.. options, option];
        return option.Id;

    }

    private FieldDefinition With(FieldDefinition field)
    {
        foreach (var (key, options) in builtInOptions)
        {
            if (field.HasOptions && key.EndsWith("/" + field.Code, StringComparison.Ordinal))
            {
                return field with { Options = options };
            }
        }

        return field;
    }
}
