using System.Globalization;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>Who changed something, in the words of property history and in those of the sandbox's log.</summary>
internal sealed record ChangeSource(string SourceType, string? SourceId, string? SourceLabel, string LogName, long? UserId = null)
{
    public static readonly ChangeSource Automation = new("AUTOMATION_PLATFORM", "workflowId:301774", "Workflow", "automation");
    public static readonly ChangeSource LifecycleSync = new("AUTOMATION_PLATFORM", "LifecycleStageSync", "Lifecycle stage sync", "automation");
    public static readonly ChangeSource Import = new("IMPORT", "importId:7041", "Import", "control");
    public static readonly ChangeSource Visitor = new("FORM", "formId:5f0c", "Form submission", "visitor");
    public static readonly ChangeSource Tracking = new("CALCULATED", "ContactAnalytics", null, "visitor");

    public static ChangeSource Api(string identity, long appId) =>
        new("INTEGRATION", appId.ToString(CultureInfo.InvariantCulture), "CrmSync", "api:" + identity);

    public static ChangeSource Person(HubSpotOwner owner) => new("CRM_UI", "userId:" + owner.UserId, null, "person:" + owner.Key, owner.UserId);

    /// <summary>A person at the keyboard may move a stage backwards; integrations and workflows may not.</summary>
    public bool IsPerson => SourceType == "CRM_UI";
}
