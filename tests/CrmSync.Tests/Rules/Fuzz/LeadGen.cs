using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CsCheck;

namespace CrmSync.Tests.Rules.Fuzz;

/// <summary>Leads with facts of every type, and the instants at which they are judged.</summary>
internal static class LeadGen
{
    private static readonly Gen<string> Words = Gen.Frequency(
        (3, Pick.Of("machinery", "MACHINERY", "Danmark", "DK", "Produktionschef", "student", "hotmail.com", "decision-maker", "retail", "Maskinfabrik A/S")),
        (1, OddValues.Texts));

    private static readonly Gen<EngagementAct> Act = Gen.Select(
        OddValues.Instants, OddValues.Counts, Gen.Frequency((2, Gen.Const((string?)null)), (1, OddValues.Texts.Select(text => (string?)text))),
        (at, count, detail) => new EngagementAct(at, count, detail));

    private static readonly Gen<Engagement> Engagement = Gen.Select(
        Act.Array[0, 6], Pick.Of<long?>(null, 0, 2, 40, -1, long.MaxValue, long.MinValue), OddValues.MaybeInstant, OddValues.MaybeInstant,
        (acts, total, last, since) => new Engagement { Acts = [.. acts.OrderBy(act => act.At)], Total = total, LastAt = last, CompleteSince = since });

    private static readonly Gen<CoolOffPeriod?> CoolOff = Gen.Frequency(
        (2, Gen.Const((CoolOffPeriod?)null)),
        (1, Gen.Select(OddValues.Instants, OddValues.MaybeInstant, (since, until) => (CoolOffPeriod?)new CoolOffPeriod(since, until))));

    internal static readonly Gen<LeadContext> Context = Gen.Select(
        Gen.Frequency((3, Gen.Const(RuleSamples.Judged)), (1, OddValues.Instants)), CoolOff, Gen.Bool,
        (at, pause, accepted) => new LeadContext(at, pause, accepted));

    /// <summary>A lead whose facts lie in a catalogue.</summary>
    internal static Gen<LeadFacts> Facts(FactCatalogue catalogue) => new FactsGen(catalogue);

    private static Gen<FactValue> Value(FactType type) => type switch
    {
        FactType.Text => Words.Select(text => FactValue.Of(text)),
        FactType.Choices => Words.Array[0, 4].Select(words => FactValue.Of((IReadOnlyList<string>)words)),
        FactType.Number => OddValues.Numbers.Select(number => FactValue.Of((decimal?)number)),
        FactType.Flag => Gen.Bool.Select(flag => FactValue.Of((bool?)flag)),
        FactType.Instant => OddValues.Instants.Select(instant => FactValue.Of((DateTimeOffset?)instant)),
        FactType.Bant => Pick.Of(BantAnswer.Met, BantAnswer.NotMet).Select(FactValue.Of),
        _ => Engagement.Select(engagement => FactValue.Of(engagement)),
    };

    private static readonly Dictionary<FactType, Gen<FactValue>> Values =
        Enum.GetValues<FactType>().ToDictionary(type => type, type => Gen.Frequency((1, Gen.Const(FactValue.Unknown)), (2, Value(type))));

    private sealed class FactsGen(FactCatalogue catalogue) : Gen<LeadFacts>
    {
        public override LeadFacts Generate(PCG pcg, Size? min, out Size size)
        {
            size = new Size(0);
            var lead = new LeadFacts.Builder(catalogue);
            foreach (var definition in catalogue.Definitions)
                lead.Set(definition.Name, Values[definition.Type].Generate(pcg, null, out _));
            return lead.Build();
        }
    }
}
