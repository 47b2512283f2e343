using HotPathGen.Generator.Sites;

namespace HotPathGen.Generator.InstrumentedBodies;

/// <summary>A lambda or local function that has a frame of its own in the copy of the body that contains it.</summary>
/// <param name="function">The function.</param>
/// <param name="body">Its body.</param>
/// <param name="key">Its key.</param>
internal sealed class MeasuredFunction(NestedFunction function, OriginalBody body, string key)
{
    public NestedFunction Function => function;

    public OriginalBody Body => body;

    public string Key => key;

    public BodySites Sites { get; set; } = null!;
}
