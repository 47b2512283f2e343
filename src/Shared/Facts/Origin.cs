namespace HotPathGen.Shared;

/// <summary>Where the callee of a call comes from. Advice depends on who can change the callee.</summary>
internal enum Origin
{
    /// <summary>The callee is in another project or package, or is not known. This value has no text, and files leave it out.</summary>
    Other,

    /// <summary>The callee is in this project and has a body that can be marked.</summary>
    Own,

    /// <summary>The callee is in this project or the base library, and a derived or implementing type has the body that runs.</summary>
    Abstract,

    /// <summary>The callee is a delegate.</summary>
    Delegate,

    /// <summary>The callee is in the base library or a library that comes with it, or another generator wrote it. It cannot be marked.</summary>
    Framework,
}
