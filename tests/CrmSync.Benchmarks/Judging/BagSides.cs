using CrmSync.Adapters;
using CrmSync.Adapters.HubSpot;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Benchmarks.Judging;

/// <summary>
/// From HubSpot's bags to a verdict: the product's own mapping (<see cref="HubSpotFacts"/>, every fact of the catalogue, as
/// the worker calls it) and judgement, against a parser that reads what these twelve criteria ask for and nothing else.
/// Not measured: JSON, paging, the lead's stage and fields, and history, which the bag does not have.
/// </summary>
internal sealed class BagSides
{
    private readonly RuleSet _rules;
    private readonly DateTimeOffset _at;
    private readonly Bag[] _bags;
    private readonly HubSpotFacts _mapping;
    private readonly HubSpotSurroundings _around;
    private long _sum;

    public BagSides(RuleSet rules, int seed, int count, DateTimeOffset at)
    {
        (_rules, _at) = (rules, at);
        _bags = [.. new BagMaker(seed, at).Make(count)];
        var connection = new CrmConnection { Name = "main", Crm = "hubspot", Token = new Secret("not asked") };
        var options = new HubSpotOptions(connection);
        _mapping = new(connection.Mapping, options, new(connection.Mapping, options));
        _around = new(_bags.Where(bag => bag.Company is not null).ToDictionary(bag => bag.Contact.Id!, bag => (IReadOnlyList<HubSpotObject>)[bag.Company!]), null);
        Floor = new("by hand, parse and judge", ByHand);
        Again = new("by hand once more: the noise", ByHand);
        Product = new("product, map and judge", ByProduct);
    }

    public Side Floor { get; }
    public Side Again { get; }
    public Side Product { get; }

    /// <exception cref="InvalidOperationException">The two sides see something different.</exception>
    public void Check()
    {
        for (var i = 0; i < _bags.Length; i++)
            Agreement.Check(i, _rules, _mapping.Read(_bags[i].Contact, _around, _rules.Catalogue), HandBag.Parse(_bags[i]), _at);
    }

    private void ByHand(int from, int to)
    {
        Span<HandFinding> findings = stackalloc HandFinding[HandRules.Criteria];
        for (var i = from; i < to; i++)
            _sum += (int)HandRules.Judge(HandBag.Parse(_bags[i]), _at.UtcTicks, findings, out var fit, out var interest) + fit + interest;
    }

    private void ByProduct(int from, int to)
    {
        for (var i = from; i < to; i++)
            _sum += (int)RuleEngine.Judge(_rules, _mapping.Read(_bags[i].Contact, _around, _rules.Catalogue), new LeadContext(_at));
    }
}
