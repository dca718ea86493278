using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>Converting is a job: it is ordered, and asked after.</summary>
internal static class ConversionEndpoints
{
    public static PipedriveReply LeadToDeal(PipedriveCall call)
    {
        var lead = call.Company.Table(EntityKind.Lead).Live(call.Parts[0]) ?? throw Refusal.EntityNotFound();
        var (stage, pipeline) = (Id(call, "stage_id", EntityKind.Stage), Id(call, "pipeline_id", EntityKind.Pipeline));
        return Start(call, lead, context => Conversion.ToDeal(call.Company, lead, stage, pipeline, context));
    }

    public static PipedriveReply DealToLead(PipedriveCall call)
    {
        var deal = call.Company.Table(EntityKind.Deal).Live(call.Parts[0]) ?? throw Refusal.EntityNotFound();
        return Start(call, deal, context => Conversion.ToLead(call.Company, deal, context));
    }

    public static PipedriveReply Status(PipedriveCall call, EntityKind kind)
    {
        if (!call.Company.Conversions.TryGetValue(call.Parts[1], out var job) || job.Kind != kind || job.From != call.Parts[0])
        {
            throw Refusal.EntityNotFound();
        }

        var data = new JsonObject { ["conversion_id"] = job.Id, ["status"] = job.Status(call.Request.Now) };
        if (job.Result is { } result)
        {
            data[kind == EntityKind.Lead ? "deal_id" : "lead_id"] = kind == EntityKind.Lead ? long.Parse(result, System.Globalization.CultureInfo.InvariantCulture) : result;
        }

        return Replies.DataWithNothingMore(data);
    }

    private static PipedriveReply Start(PipedriveCall call, Item from, Func<CompanyWrite, Item> convert)
    {
        var now = call.Request.Now;
        var job = new ConversionJob(call.Company.NextUuid("conversion"), from.Kind, from.Id, now, now.AddSeconds(call.Switches.ConversionSeconds));
        call.Company.Conversions[job.Id] = job;
        call.Later.Add(job.Due, due =>
        {
            job.End = from.IsDeleted ? "failed" : call.Switches.ConversionEnds;
            if (job.End == "completed")
            {
                var context = new CompanyWrite(call.Context.Actor, due);
                job.Result = convert(context).Id;
                call.Log(due, "conversion", context.Effects);
            }
        });
        return Replies.DataWithNothingMore(new JsonObject { ["conversion_id"] = job.Id });
    }

    private static long? Id(PipedriveCall call, string name, EntityKind kind)
    {
        if (call.Body.FirstOrDefault(pair => pair.Key is not "stage_id" and not "pipeline_id").Key is { } stranger)
        {
            throw Refusal.NotAllowed(stranger);
        }

        return call.Body[name] is not { } value ? null
            : new ValueCheck(call.Company, isLenient: false).Whole(value, name) is var id && call.Company.Table(kind).Find(id) is not null ? id
            : throw Refusal.Schema($"{name}: does not exist");
    }
}
