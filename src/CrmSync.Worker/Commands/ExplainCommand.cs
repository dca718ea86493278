using System.CommandLine;
using System.Text.Json;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Leads.Texts.Story;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Commands;

/// <summary><c>explain connection/lead-id</c>: what the rules saw of a lead, where it stands, and its story.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandWorld world)
    {
        var lead = new Argument<string>("lead") { Description = "connection/lead-id" };
        var language = new Option<string>("--language") { Description = "Of the story: da or en.", HelpName = "da|en", DefaultValueFactory = _ => "en" }.AcceptOnlyFromAmong("da", "en");
        var command = new Command("explain", "Findings, scores, state and story of a lead.") { lead, language };
        command.SetAction((parsed, cancellationToken) => RunAsync(world, parsed, parsed.GetRequiredValue(lead), parsed.GetRequiredValue(language), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandWorld world, ParseResult parsed, string lead, string language, CancellationToken cancellationToken)
    {
        var settings = Opening.Settings(world, parsed);
        if (lead.Split('/', 2) is not [var connection, var id])
            throw new CommandFailure(ExitCode.Usage, "usage", $"'{lead}' names no lead.", "Write connection/lead-id, such as main/1234.");
        await using var store = await Opening.ReadStoreAsync(settings, cancellationToken);
        var story = await store.Reports.StoryAsync(connection, id, cancellationToken) ?? throw await UnknownAsync(settings, connection, lead, cancellationToken);
        var rules = RuleFile.Load(settings.RulesFile).RuleSet;
        var braked = await new ConnectionMemory(store).InstantAsync(connection, ConnectionMemory.BrakeAt, cancellationToken);
        var told = Tell(story, rules, settings, language, braked is not null);
        if (parsed.IsJson())
            world.Document(ExplainDocument.Of(story, told));
        else
            ExplainScreen.Print(world.Out, story, JudgedBy(story), told);
        return (int)ExitCode.Done;
    }

    /// <summary>The leads of a connection that was taken out of the settings can still be explained; those of one that never was, cannot.</summary>
    private static async Task<CommandFailure> UnknownAsync(WorkerSettings settings, string connection, string lead, CancellationToken cancellationToken)
    {
        if (settings.Connections.Count > 0)
            await ConnectionArgument.FindAsync(settings, connection, cancellationToken);
        return new(ExitCode.Usage, "lead-unknown", $"{lead} was never seen.", "Check the id in the CRM; a lead is known after the first poll or sweep.");
    }

    private static List<(StoryEvent Event, string Text)> Tell(LeadStory story, RuleSet? rules, WorkerSettings settings, string language, bool braked)
    {
        var limits = settings.Connections.FirstOrDefault(c => c.Crm.Name == story.Lead.Connection)?.Offers ?? OfferLimits.Default;
        var reader = new StoryReader(story, id => rules?.Find(id)?.Text.In(language) ?? id, braked);
        return [.. reader.Read(cause => HoldText.Of(cause, limits.PerOwnerAndDay, limits.PerDay, language)).Select(e => (e, StoryText.Of(e, settings.Zone, language)))];
    }

    // Today's rules may ask for other criteria, or call them otherwise.
    private static RuleSet? JudgedBy(LeadStory story) =>
        story.Judged?.RulesBody is { } body ? RuleFile.Parse(body, "the rules then").RuleSet : null;
}
