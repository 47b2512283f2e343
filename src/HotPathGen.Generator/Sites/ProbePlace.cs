using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Sites;

/// <summary>How a probe stands at a site.</summary>
internal enum ProbeForm
{
    /// <summary>Round a value.</summary>
    Value,

    /// <summary>Round a value whose type comes from where it stands: the probe says it.</summary>
    TypedValue,

    /// <summary>Round the braces of an array that says no type.</summary>
    ArrayInitializer,

    /// <summary>Round a value that becomes dynamic only here: the compiler bound what makes it.</summary>
    BecomesDynamic,

    /// <summary>Round a value whose own operator says whether it is true.</summary>
    Truth,

    /// <summary>Round a dynamic value that is converted to a type.</summary>
    Converted,

    /// <summary>Round a value that stays dynamic.</summary>
    Dynamic,

    /// <summary>Round a reference.</summary>
    Reference,

    /// <summary>Round a reference that is only read.</summary>
    ReadOnlyReference,

    /// <summary>Behind the statement of an expression.</summary>
    BehindStatement,

    /// <summary>Behind what a block does when it is left at its end.</summary>
    BehindBlock,

    /// <summary>Behind a using statement.</summary>
    BehindUsing,

    /// <summary>At each step of a loop, and behind it.</summary>
    Loop,

    /// <summary>At each step of an <c>await foreach</c>, which is written out.</summary>
    AwaitForEach,

    /// <summary>At the end of an <c>await using</c> statement, which is written out.</summary>
    AwaitUsing,

    /// <summary>The same of a declaration.</summary>
    AwaitUsingDeclaration,

    /// <summary>Before the elements: what holds them is allocated first.</summary>
    Elements,

    /// <summary>At the start of a scope.</summary>
    Scope,
}

/// <summary>Where a probe stands.</summary>
/// <param name="Form">How.</param>
/// <param name="Node">The expression, the statement or the scope that it stands at.</param>
/// <param name="First">The token that reports give as the site's place.</param>
/// <param name="Text">What reports show of the site; null for the source of the node.</param>
/// <param name="Type">The type that the probe says; null where it says none.</param>
internal sealed record ProbePlace(ProbeForm Form, SyntaxNode Node, SyntaxToken First, string? Text = null, string? Type = null)
{
    public ProbePlace(ProbeForm form, SyntaxNode node, string? type = null)
        : this(form, node, node.GetFirstToken(), null, type) { }
}
