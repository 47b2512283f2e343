using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Sites;

/// <summary>Is told of the parts of a body while its sites are looked for, in the order in which the body runs.</summary>
internal interface ISiteVisitor
{
    /// <summary>Is called for an operation, before its operands.</summary>
    void Enter(IOperation operation, int level);

    /// <summary>Is called for an operation, behind its operands.</summary>
    void Leave(IOperation operation, int level);

    /// <summary>Is called for a call that takes arguments about its caller.</summary>
    void Call(CallerArguments arguments);

    /// <summary>Is called for a site, before the parts that it is made from.</summary>
    void Site(FoundSite site);

    /// <summary>Is called behind an element of what a site makes, if the element has sites of its own or is the first of several.</summary>
    /// <param name="element">The source of the element.</param>
    /// <param name="type">The type that the element is converted to. An element without a type of its own needs it.</param>
    /// <param name="container">The site that the element interrupts.</param>
    /// <param name="isFirst">Whether no part of the site has been measured yet.</param>
    /// <param name="level">How deep the element is nested.</param>
    void Element(ExpressionSyntax element, string type, FoundSite container, bool isFirst, int level);

    /// <summary>Is called for a value in an interpolated text.</summary>
    /// <param name="hole">The source of the value.</param>
    /// <param name="container">The site that the value interrupts; null if there is none, or if nothing can stand before the value.</param>
    /// <param name="level">How deep the value is nested.</param>
    /// <param name="visit">Looks for the sites in the value.</param>
    void Hole(ExpressionSyntax hole, FoundSite? container, int level, Action visit);
}
