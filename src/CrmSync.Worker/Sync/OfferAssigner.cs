using CrmSync.Adapters;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>Puts the offers of a pass into somebody's hands, with what the CRM and the store know of people and turns.</summary>
internal sealed class OfferAssigner(ISyncStore store)
{
    /// <summary>The same leads, each offer in somebody's hands, or in nobody's where nobody is there.</summary>
    public async Task<List<JudgedLead>> AssignAsync(ConnectedCrm connection, List<JudgedLead> judged, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var companies = judged.Select(lead => lead.Offer?.Crm.CompanyId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (!judged.Exists(lead => lead.Offer is not null))
            return judged;
        var turns = new Turns(await store.TurnsAsync(connection.Name, cancellationToken));
        var open = new Dictionary<string, string>(
            companies.Count == 0 ? [] : await store.OfferOwnersAsync(connection.Name, companies, cancellationToken), StringComparer.Ordinal);
        return [.. judged.Select(lead => lead.Offer is { } offer ? InHands(lead, offer, Choose(connection, offer, turns, open, now)) : lead)];
    }

    /// <summary>Who accepts a lead that nobody owns becomes its owner; null where it has one, or the CRM does not tell who that person is.</summary>
    public static Assignment? OfAcceptance(ConnectedCrm connection, CrmLead crm, HandoverStep step) =>
        step is { Episode.State: HandoverState.Accepted or HandoverState.AcceptedByAction, Actor: StepActor.Person, PersonId: { } person }
        && string.IsNullOrEmpty(crm.OwnerId) && connection.Users.Find(person) is { Active: true, Id: var user }
            ? new(user, AssignmentReason.Accepted)
            : null;

    /// <summary>The step with its episode in somebody's hands; an offer also notes the company at which it is made.</summary>
    public static HandoverStep Assigned(HandoverStep step, CrmLead crm, Assignment? to)
    {
        var episode = to is null ? step.Episode : step.Episode.AssignedTo(to);
        return step with { Episode = step.IsOffer ? episode with { CompanyId = Known(crm.CompanyId) } : episode };
    }

    private static JudgedLead InHands(JudgedLead lead, UnassignedOffer offer, Assignment assignment) => lead with
    {
        Move = new(() => offer.To(assignment)),
        Wish = lead.Wish is { } wish ? wish with { OwnerId = assignment.OwnerId } : null,
    };

    private static Assignment Choose(ConnectedCrm connection, UnassignedOffer offer, Turns turns, Dictionary<string, string> open, DateTimeOffset now)
    {
        var (crm, assessed) = (offer.Crm, offer.Assessed);
        var assign = assessed.Rules.Assign;
        var subject = new AssignmentSubject(assessed.Facts.In(assessed.Rules.Catalogue), new LeadContext(now, null, false))
        {
            OwnerId = Known(crm.OwnerId),
            CompanyOwnerId = Known(crm.CompanyOwnerId),
            OpenOfferOwnerId = crm.CompanyId is { } company ? open.GetValueOrDefault(company) : null,
        };
        var silent = offer.Step.IsReassignment ? offer.Step.Episode.PassedOver : null;
        var assignment = Assignment.Choose(assign, subject, new(connection.Users.Active, assign.Absences, assessed.AtWork.Clock.DayOf(now), silent), turns);
        // With nobody else there it stays where it is.
        if (assignment.Reason == AssignmentReason.Nobody && silent is not null)
            assignment = new(silent, offer.Step.Episode.AssignedBy ?? AssignmentReason.Nobody);
        // The next lead of this pass may be a colleague, or have the next turn.
        if (crm.CompanyId is { } at && assignment.OwnerId is { } owner)
            open.TryAdd(at, owner);
        if (assignment.Turn is { } turn)
            turns.Took(turn);
        return assignment;
    }

    private static string? Known(string? id) => string.IsNullOrEmpty(id) ? null : id;

    /// <summary>The turns as stored, and those that this pass took.</summary>
    private sealed class Turns(IReadOnlyDictionary<string, string> stored) : ITurns
    {
        private readonly Dictionary<string, string> _last = new(stored, StringComparer.Ordinal);

        public string? LastOf(string rule) => _last.GetValueOrDefault(rule);

        public void Took(TurnTaken turn) => _last[turn.RuleId] = turn.Person;
    }
}
