namespace CrmSync.Worker.Storage;

/// <summary>How many leads of a connection stand alike.</summary>
/// <param name="Stage">Null: none of ours.</param>
/// <param name="OwnerId">Null: nobody.</param>
/// <param name="InHandover">It has an episode.</param>
/// <param name="Decided">That one is over, or sales has it: nobody owes an answer.</param>
/// <param name="Verdict">What the rules last said; null: not judged.</param>
/// <param name="AgeDays">At least so many days in its stage, of the bounds asked for; null: not known.</param>
public sealed record BaselineGroup(string? Stage, string? OwnerId, bool InHandover, bool Decided, string? Verdict, int? AgeDays, int Leads);

/// <summary>How a connection stands before the product writes to it.</summary>
/// <param name="Writers">Changes of the stage that others made, by <c>person</c>, <c>automation</c> and <c>unknown</c>.</param>
public sealed record BaselineCounts(IReadOnlyList<BaselineGroup> Groups, IReadOnlyDictionary<string, int> Writers);
