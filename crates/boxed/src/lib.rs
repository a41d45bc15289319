//! [`macro@boxed`]: an async function whose future is compiled once, in the crate that it stands in.
//!
//! The future of an `async fn` is compiled by whoever polls it: each crate that calls a use case would compile it and all
//! that it asks again, once for each unit of code. A future in a box is compiled where it is put into it.

use proc_macro::TokenStream;
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{ImplItemFn, Lifetime, ReturnType, TypeReference, parse_macro_input, parse_quote};

/// Lets an `async fn` return a boxed future, which can be sent, and lives as long as all that the function borrows.
///
/// Every lifetime that is not written out becomes that of the future.
#[proc_macro_attribute]
pub fn boxed(_: TokenStream, item: TokenStream) -> TokenStream {
    let mut function = parse_macro_input!(item as ImplItemFn);
    let signature = &mut function.sig;
    let mut borrowed = Borrowed(Lifetime::new("'fut", proc_macro2::Span::call_site()));
    borrowed.visit_signature_mut(signature);
    let output = match &signature.output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, output) => quote!(#output),
    };
    signature.asyncness = None;
    if signature.receiver().is_some() {
        let bounds = signature.generics.make_where_clause();
        bounds.predicates.push(parse_quote!(Self: 'fut));
    }
    signature.generics.params.insert(0, parse_quote!('fut));
    signature.output = parse_quote! {
        -> ::std::pin::Pin<::std::boxed::Box<dyn ::std::future::Future<Output = #output> + ::std::marker::Send + 'fut>>
    };
    let statements = &function.block.stmts;
    // What is never there tells the compiler which type is returned.
    function.block = parse_quote!({
        ::std::boxed::Box::pin(async move {
            if let ::std::option::Option::Some(output) = ::std::option::Option::None::<#output> {
                return output;
            }
            #(#statements)*
        })
    });
    quote!(#function).into()
}

/// Gives lifetimes that are left out a name.
struct Borrowed(Lifetime);

impl VisitMut for Borrowed {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        reference.lifetime.get_or_insert_with(|| self.0.clone());
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_receiver_mut(&mut self, receiver: &mut syn::Receiver) {
        if let Some((_, lifetime)) = &mut receiver.reference {
            lifetime.get_or_insert_with(|| self.0.clone());
        }
        visit_mut::visit_receiver_mut(self, receiver);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            *lifetime = self.0.clone();
        }
    }
}
