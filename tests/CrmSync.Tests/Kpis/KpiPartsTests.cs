using System.Text.Json;
using CrmSync.Leads;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Kpis;

namespace CrmSync.Tests.Kpis;

/// <summary>Leads that were counted apart and put together, and more of anything than is looked at in one go.</summary>
public sealed class KpiPartsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset CutOff = Start.AddDays(400);
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen");

    [Theory]
    [InlineData(KpiSplit.None, 60)]
    [InlineData(KpiSplit.None, 1_500)]
    [InlineData(KpiSplit.Month, 1_500)]
    [InlineData(KpiSplit.Source, 1_500)]
    public void Give_the_figures_of_all_at_once(KpiSplit split, int leads)
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var (random, question) = (new Random(seed), new KpiQuestion(CutOff));
            if (seed % 2 == 1)
                question = question with { Period = new(Start.AddDays(30), Start.AddDays(200)) };
            var histories = Enumerable.Range(0, leads).Select(lead => Episodes(random, lead)).ToList();
            var cuts = new[] { 0, random.Next(leads), random.Next(leads), leads }.Order().ToList();
            var parts = cuts.Zip(cuts.Skip(1), (from, to) => Count(histories[from..to], question, split)).ToList();
            foreach (var part in parts.Skip(1))
                parts[0].Join(part);
            Assert.Equal(Text(Count(histories, question, split)), Text(parts[0]));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Have_the_ranks_and_the_companies_of_all_however_many_they_are(bool spills)
    {
        const int Sales = 600_000, Companies = 170_000;
        var (random, spill, minutes, won) = (new Random(5), spills ? new Attic() : null, new List<long>(), new Dictionary<int, int>());
        var tally = new KpiTally(new(CutOff) { CustomerHorizon = TimeSpan.FromDays(90) }, spill);
        for (var i = 0; i < Sales; i++)
        {
            var (took, company) = (1 + random.Next(random.Next(2) == 0 ? 1_000 : 400_000), random.Next(Companies));
            tally.Add(new EpisodeRow { LeadKey = $"l{i}", Episode = 1, AcceptedAt = Start, WonAt = Start.AddMinutes(took), Company = $"c{company}" });
            minutes.Add(took);
            won[company] = Math.Min(won.GetValueOrDefault(company, int.MaxValue), took);
        }
        minutes.Sort();
        Assert.True(spill is null || spill.Pieces > 100);
        var figures = tally.Figures(null, TimeSpan.FromDays(90)).ToDictionary(figure => figure.Id);
        Assert.Equal((won.Values.Count(took => took <= 90 * 1_440), won.Count), (figures["sal-to-customer.company"].Numerator, figures["sal-to-customer.company"].N));
        Assert.Equal(Days(0.5m), figures["sal-to-won.median"].Value);
        Assert.Equal(Days(0.75m), figures["sal-to-won.p75"].Value);
        Assert.Equal(Days(0.9m), figures["sal-to-won.p90"].Value);
        Assert.InRange(figures["sal-to-won.t25"].Value!.Value, Days(0.25m) - 0.01m, Days(0.25m) + 0.01m);

        decimal Days(decimal share)
        {
            var place = share * (Sales - 1);
            var below = minutes[(int)place];
            return Math.Round((below + (place - (int)place) * (minutes[(int)place + 1] - below)) / 1_440, 2, MidpointRounding.AwayFromZero);
        }
    }

    [Fact]
    public void Have_the_incidence_of_all_however_many_they_are()
    {
        const int Cases = 600_000;
        var random = new Random(6);
        // Most are short, one is very long, and many end at the same instant.
        var cases = Enumerable.Range(0, Cases).Select(i => new IncidenceCase(
            i == 0 ? TimeSpan.FromDays(70_000).Ticks : TimeSpan.TicksPerMinute * random.Next(random.Next(3) == 0 ? 50 : 90_000), random.Next(4) == 0 ? IncidenceEnd.Wanted : IncidenceEnd.Other)).ToList();
        var incidence = new CumulativeIncidence(cases);
        foreach (var minutes in new[] { 0, 7, 49, 50, 30_000, 89_999, 120_000_000 })
            Assert.Equal(
                cases.Count(one => one.End == IncidenceEnd.Wanted && one.Ticks <= minutes * TimeSpan.TicksPerMinute) / (double)Cases,
                incidence.At(TimeSpan.FromMinutes(minutes)).Value, 1e-9);
    }

    private sealed class Attic : ISpill
    {
        private readonly List<byte[]> _pieces = [];

        public int Pieces => _pieces.Count;

        public long Put(ReadOnlySpan<byte> bytes)
        {
            _pieces.Add(bytes.ToArray());
            return _pieces.Count - 1;
        }

        public void Fetch(long place, Span<byte> bytes)
        {
            lock (_pieces)
                _pieces[(int)place].CopyTo(bytes);
        }
    }

    private static KpiGroups Count(IEnumerable<List<EpisodeRow>> histories, KpiQuestion question, KpiSplit split)
    {
        var groups = new KpiGroups(question, split, Zone);
        foreach (var row in histories.SelectMany(rows => rows))
            groups.Add(row);
        return groups;
    }

    private static string Text(KpiGroups groups) => JsonSerializer.Serialize(groups.Report());

    private static List<EpisodeRow> Episodes(Random random, int lead)
    {
        var rows = new List<EpisodeRow>();
        var at = Start.AddHours(random.Next(200 * 24));
        for (var episode = 1; episode <= random.Next(1, 4); episode++)
        {
            var (mql, answered) = (at, at.AddHours(random.Next(1, 600)));
            var isYes = random.Next(3) > 0;
            rows.Add(new()
            {
                LeadKey = $"l{lead}", Episode = episode, Company = random.Next(3) == 0 ? null : $"c{random.Next(40)}", Source = random.Next(5) == 0 ? null : $"s{random.Next(4)}",
                MqlAt = random.Next(20) == 0 ? null : mql, OfferedAt = random.Next(4) == 0 ? null : mql, DueAt = random.Next(2) == 0 ? null : mql.AddDays(7),
                DecidedAt = random.Next(5) == 0 ? null : answered, AcceptedAt = isYes ? answered : null, AcceptedAs = isYes ? (HandoverState)random.Next(8) : null,
                RejectedAt = isYes ? null : answered, Reason = random.Next(2) == 0 ? "NoBudget" : null, Unmet = random.Next(2) == 0 ? "size country" : null, Evidence = random.Next(2) == 0 ? "e" : null,
                SalesQualifiedAt = Maybe(2), WonAt = Maybe(2), LostAt = Maybe(3), RecycledAt = Maybe(4), LapsedAt = Maybe(9), ContactedAt = Maybe(3),
                State = random.Next(20) == 0 ? HandoverState.Superseded : null, Stage = (LifecycleStage)random.Next(5), StageSince = Maybe(2),
                SalesGenerated = random.Next(9) == 0, Override = random.Next(9) == 0, AcceptanceInferred = random.Next(9) == 0, Skipped = random.Next(9) == 0,
                Regressed = random.Next(9) == 0, Imported = random.Next(3) == 0,
            });
            at = answered.AddDays(random.Next(1, 60));

            DateTimeOffset? Maybe(int of) => random.Next(of) == 0 ? answered.AddHours(random.Next(-24, 150 * 24)) : null;
        }
        return rows;
    }
}
