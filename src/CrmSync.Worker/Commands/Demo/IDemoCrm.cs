using CrmSync.Sandbox.Contracts;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>What the demo's people can do in a CRM.</summary>
internal interface IDemoCrm
{
    Task AddAsync(IEnumerable<DemoPerson> people, CancellationToken cancellationToken);

    Task ActAsync(ActRequest act, CancellationToken cancellationToken);

    /// <summary>A rep writes down what the lead said about need, timeline and budget.</summary>
    Task LearnAsync(string key, string rep, bool hasBudget, CancellationToken cancellationToken);
}
