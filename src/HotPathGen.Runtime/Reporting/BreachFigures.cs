namespace HotPathGen.Runtime;

/// <summary>How often a method with a budget, or a site in it, went beyond that, and the first stack that did, innermost call first.</summary>
internal sealed record BreachFigures(long Count, string[] FirstStack)
{
    /// <summary>Null for a method without a budget.</summary>
    public static unsafe BreachFigures? Of(MethodBudget* budget, int site, long count) =>
        budget == null ? null : new(count, count == 0 ? [] : MethodBudget.StackOf(budget, site));
}
