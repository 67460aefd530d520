//! What a provider in the cloud lists: the models that an account may ask.

/// One model of a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderModel {
    /// The name it is asked by.
    pub id: String,
    /// The name people know it by, where the provider tells one.
    pub title: Option<String>,
    /// It is listed as a record of the past and cannot be asked any more.
    pub is_retired: bool,
}
