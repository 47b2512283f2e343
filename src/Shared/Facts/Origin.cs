namespace HotPathGen.Shared;

/// <summary>Whose the callee of a call is: advice depends on who could change it.</summary>
internal enum Origin
{
    /// <summary>Of another project or package, or not known. Has no text: files leave it out.</summary>
    Other,

    /// <summary>Of this project, with a body that can be marked.</summary>
    Own,

    /// <summary>Of this project or the base library, and whoever derives from it or implements it has the body that runs.</summary>
    Abstract,

    /// <summary>A delegate's.</summary>
    Delegate,

    /// <summary>Of the base library or what comes with it, or written by another generator: nothing of it can be marked.</summary>
    Framework,
}
