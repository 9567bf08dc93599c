// Three tags: one asks nobody, one waits for the visitor's yes, one does not take no for an answer.
window.choiceTags = {
  fire(name) {
    new Image().src = 'https://cdn.choice-tags.example/pixel.gif?' + name;
  },
  accepted() {
    document.cookie = 'stats=on; path=/; max-age=3600';
    this.fire('accepted');
    setTimeout(() => fetch('https://cdn.choice-tags.example/api?accepted-later'), 700);
  },
  rejected() {
    document.cookie = 'choice=no; path=/; max-age=3600';
    this.fire('despite-the-no');
  },
};
document.cookie = 'asked_nobody=1; path=/';
window.choiceTags.fire('asked-nobody');
